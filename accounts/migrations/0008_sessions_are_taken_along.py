"""Whoever is signed in stays so; the rows of the release before expire by themselves."""

from itertools import batched

from django.conf import settings
from django.core.signing import BadSignature, loads
from django.db import migrations
from django.utils import timezone


def take_along(apps, schema_editor):
    Former, Session = apps.get_model("sessions", "Session"), apps.get_model("accounts", "Session")
    people = set(apps.get_model("accounts", "User").objects.values_list("pk", flat=True))
    for rows in batched(Former.objects.filter(expire_date__gt=timezone.now()).iterator(2000), 2000, strict=False):
        taken = (
            Session(
                session_key=row.session_key,
                session_data=row.session_data,
                expire_date=row.expire_date,
                user_id=owner if (owner := owner_of(row)) in people else None,
            )
            for row in rows
        )
        Session.objects.bulk_create(taken, ignore_conflicts=True)


def owner_of(row):
    """The key of who is signed in; None for a visitor, and for data that another SECRET_KEY signed."""
    try:
        data = loads(
            row.session_data,
            salt="django.contrib.sessions.SessionStore",
            fallback_keys=settings.SECRET_KEY_FALLBACKS,
        )
    except BadSignature:
        return None
    return int(data["_auth_user_id"]) if "_auth_user_id" in data else None


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_sessions"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(take_along, migrations.RunPython.noop)]
