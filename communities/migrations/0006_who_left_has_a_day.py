from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0005_members_who_left")]
    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_on__isnull", False), ("status", "left")),
                    models.Q(models.Q(("status", "left"), _negated=True), ("left_on", None)),
                    _connector="OR",
                ),
                name="who_left_has_a_day",
            ),
        ),
    ]
