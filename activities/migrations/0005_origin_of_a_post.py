import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_columns_nobody_reads"),
        ("communities", "0006_formation_rule_ends_after_start"),
        ("regions", "0003_columns_nobody_reads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="origin",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adaptations",
                to="activities.post",
                verbose_name="diadaptasi dari",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("origin__isnull", False)), fields=["origin", "community", "id"], name="post_origin"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), ("origin__isnull", False)),
                fields=["origin", "-published_at", "-id"],
                name="post_origin_newest",
            ),
        ),
    ]
