from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # steps are written while the index is made

    dependencies = [("aspirations", "0005_came_from")]

    operations = [
        AddIndexConcurrently(
            model_name="aspirationstep",
            index=models.Index(
                condition=models.Q(("is_public", True)), fields=["at", "id"], name="aspiration_step_public"
            ),
        ),
    ]
