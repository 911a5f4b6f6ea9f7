from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0013_thanks_and_most_read")]

    operations = [
        migrations.RemoveIndex(
            model_name="post",
            name="post_waiting_all",
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status__in", ["submitted", "in_review"])),
                fields=["created_at", "id"],
                include=("province", "regency", "district", "village"),
                name="post_waiting_all",
            ),
        ),
    ]
