from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0002_initial"),
    ]

    operations = [
        # So that whoever goes back has something to put into the rows.
        migrations.AlterField(
            model_name="regionsuccession",
            name="last_edition",
            field=models.CharField(default="", max_length=60, verbose_name="edisi terakhir"),
        ),
        migrations.RemoveField(
            model_name="regionsuccession",
            name="last_edition",
        ),
    ]
