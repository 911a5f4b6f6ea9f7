"""What the desk logged beside the audit trail named people, and nobody could read it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_sessions_are_taken_along"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [migrations.RunSQL("DELETE FROM django_admin_log", migrations.RunSQL.noop)]
