from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0003_audit"),
        ("regions", "0003_with_an_office"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="community",
            index=models.Index(
                condition=models.Q(("status__in", ["verified", "inaugurated", "expired"]), ("village__isnull", False)),
                fields=["province", "village"],
                include=("regency", "district"),
                name="community_standing_villages",
            ),
        ),
        migrations.AddIndex(
            model_name="decree",
            index=models.Index(fields=["ends_on"], name="decree_ends_on"),
        ),
    ]
