"""Whom people ask about what the portal knows of them."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def check_contact(app_configs=None, **kwargs):
    """Whether the page on privacy names anybody, as UU 27/2022 asks of who keeps personal data."""
    if settings.PRIVACY_CONTACT:
        return []
    return [
        Warning(
            "The page on privacy names nobody whom people may write to about their data.",
            hint="Set PRIVACY_CONTACT to an e-mail address or an https:// page (docs/deploy.md).",
            id="accounts.W002",
        )
    ]


def contact_path():
    """Where a link to the contact leads; empty where there is none."""
    contact = settings.PRIVACY_CONTACT
    return contact if not contact or contact.startswith("https://") else f"mailto:{contact}"
