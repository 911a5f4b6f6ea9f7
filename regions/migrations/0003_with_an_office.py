from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0002_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="region",
            index=models.Index(
                condition=models.Q(("level__in", [1, 2]), ("retired_on", None)),
                fields=["province", "regency"],
                name="region_with_an_office",
            ),
        ),
    ]
