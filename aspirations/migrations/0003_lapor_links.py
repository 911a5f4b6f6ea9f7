"""Where everyone follows in SP4N-LAPOR! what was handed on there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aspirations", "0002_words_of_our_own"),
    ]

    operations = [
        migrations.AddField(
            model_name="aspiration",
            name="lapor_url",
            field=models.URLField(
                blank=True, db_default="", default="", editable=False, verbose_name="tautan di SP4N-LAPOR!"
            ),
        ),
    ]
