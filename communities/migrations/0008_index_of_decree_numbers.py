"""What a decree is found by, however its number is written, while decrees are read and written."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("communities", "0007_data_copies"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="decree",
            index=models.Index(Upper("number"), name="decree_number"),
        ),
    ]
