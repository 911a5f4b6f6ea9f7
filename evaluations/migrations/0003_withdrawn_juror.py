import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0002_rules_of_2026"),
    ]

    operations = [
        migrations.AlterField(
            model_name="juryscore",
            name="juror",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="scores",
                to="evaluations.juror",
                verbose_name="juri",
            ),
        ),
    ]
