from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("aspirations", "0004_open311_clients")]

    operations = [
        migrations.AddField(
            model_name="aspiration",
            name="came_from",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                max_length=80,
                verbose_name="dikirim sistem",
            ),
        ),
    ]
