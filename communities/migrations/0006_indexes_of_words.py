"""What the names of KIM are found by, while they are read and written."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("communities", "0005_words_of_names"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="community",
            index=GinIndex(fields=["search"], name="community_words"),
        ),
        AddIndexConcurrently(
            model_name="community",
            index=models.Index(fields=["words_edition"], name="community_words_edition"),
        ),
    ]
