"""Lists of one field or type within a region read the rows of their page, and no others to turn them away."""

from django.db import migrations, models

PUBLISHED = models.Q(status="published")
DECIDED = {
    "province": ["field", "type"],
    "regency": ["field", "type"],
    "district": ["field", "type"],
    "village": ["field", "type"],
    "field": ["type"],
}


def index(column, decided):
    fields = [column, "-published_at", "-id", *decided]
    return models.Index(condition=PUBLISHED, fields=fields, name=f"post_{column}_newest")


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_audit")]

    operations = [
        *(migrations.RemoveIndex("post", f"post_{column}_newest") for column in DECIDED),
        *(migrations.AddIndex("post", index(column, decided)) for column, decided in DECIDED.items()),
    ]
