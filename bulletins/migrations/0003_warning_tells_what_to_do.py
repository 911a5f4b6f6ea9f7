"""A warning says what residents are to do; those before their end are found by an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bulletins", "0002_audit"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="bulletin",
            name="warning_is_whole",
        ),
        migrations.AddIndex(
            model_name="bulletin",
            index=models.Index(
                condition=models.Q(("status__in", ["sent", "closed", "recalled"]), ("is_urgent", True)),
                fields=["ends_at", "id"],
                name="bulletin_warnings",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    ("is_urgent", False),
                    models.Q(
                        models.Q(("event", ""), _negated=True),
                        models.Q(("category", ""), _negated=True),
                        models.Q(("severity", ""), _negated=True),
                        models.Q(("urgency", ""), _negated=True),
                        models.Q(("certainty", ""), _negated=True),
                        models.Q(("instruction", ""), _negated=True),
                        ("ends_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="warning_is_whole",
                violation_error_message=(
                    "Peringatan darurat memerlukan jenis, tingkat, petunjuk bagi warga, dan waktu berakhirnya."
                ),
            ),
        ),
    ]
