from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0007_materials")]

    operations = [
        migrations.RemoveConstraint("checkeditem", "item_checked_once"),
        migrations.RenameField("checkeditem", "subject", "aspect"),
        migrations.AddConstraint(
            "checkeditem", models.UniqueConstraint(fields=["verification", "aspect"], name="item_checked_once")
        ),
    ]
