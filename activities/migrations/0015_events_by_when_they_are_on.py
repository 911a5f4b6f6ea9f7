import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0014_fill_the_days_of_events"),
    ]

    operations = [
        migrations.RenameIndex(
            model_name="post",
            new_name="post_starts_at",
            old_name="post_agenda",
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["over_at", "id"],
                name="post_over_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["province", "starts_at", "id"],
                name="post_province_starts_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["province", "over_at", "id"],
                name="post_province_over_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["regency", "starts_at", "id"],
                name="post_regency_starts_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["regency", "over_at", "id"],
                name="post_regency_over_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["district", "starts_at", "id"],
                name="post_district_starts_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["district", "over_at", "id"],
                name="post_district_over_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["village", "starts_at", "id"],
                name="post_village_starts_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["village", "over_at", "id"],
                name="post_village_over_at",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=django.contrib.postgres.indexes.GistIndex(
                condition=models.Q(("status", "published"), ("type", "agenda")),
                fields=["days", "province", "regency", "district", "village"],
                name="post_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_at", None), models.Q(("days__isnull", False), ("over_at__isnull", False)), _connector="OR"
                ),
                name="agenda_has_days",
            ),
        ),
    ]
