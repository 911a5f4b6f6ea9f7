"""Our mistakes at Sentry, or at what speaks its protocol, where SENTRY_DSN names one: what broke, and not for whom."""

import logging

import sentry_sdk
from sentry_sdk.integrations.logging import LoggingIntegration

from kimportal import logs

formatter = logs.LineFormatter()


def begin(dsn, **more):
    """What the log has as an error is told; nothing of Django is wrapped, and personal data are off by default."""
    sentry_sdk.init(
        dsn,
        before_send=without_people,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        include_local_variables=False,
        max_breadcrumbs=0,
        server_name="portal",
        **more,
    )


def without_people(event, hint):
    """Keep the error, the view and the number of the request; leave out the URL, who asked and what they typed."""
    record = hint["log_record"]
    request = logs.request_of(record)
    for personal in ("user", "extra", "request", "breadcrumbs"):
        event.pop(personal, None)
    event["logentry"] = {"message": formatter.shown(record).getMessage()}
    event["transaction"] = logs.view_of(request) or record.name
    event["tags"] = {"request": getattr(request, "id", "")}
    for said in event.get("exception", {}).get("values", []):
        said["value"] = logs.hide(said.get("value") or "", request)
    return event
