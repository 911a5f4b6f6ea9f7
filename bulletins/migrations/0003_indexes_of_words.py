"""What government information is found by, while it is read and written."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("bulletins", "0002_words_of_our_own"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="bulletin",
            index=GinIndex(
                condition=models.Q(("status__in", ["sent", "closed", "recalled"])),
                fields=["search"],
                name="bulletin_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="bulletin",
            index=models.Index(fields=["words_edition"], name="bulletin_words_edition"),
        ),
    ]
