from django.db import migrations
from django.db.models import Q
from django.utils import timezone


def close(apps, schema_editor):
    """Hiding closes the reports of what it hides; those from before would stay open for ever."""
    waiting = apps.get_model("activities", "FlaggedItem").objects.filter(decided_at=None)
    now = timezone.now()
    waiting.filter(post__status="archived").update(outcome="gone", decided_at=now)
    hidden = Q(post__status="hidden") | Q(photo__is_hidden=True) | Q(comment__hidden_at__isnull=False)
    waiting.filter(hidden).update(outcome="hidden", decided_at=now)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0010_reports_of_what_was_withdrawn"),
    ]

    operations = [
        migrations.RunPython(close, migrations.RunPython.noop),
    ]
