import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_second_factors_end_sessions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="sessions_ended",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="keluar dari semua perangkat"),
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("browser", models.CharField(blank=True, max_length=20, verbose_name="peramban")),
                ("system", models.CharField(blank=True, max_length=20, verbose_name="sistem")),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="masuk")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="terakhir dipakai")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="milik",
                    ),
                ),
            ],
            options={
                "verbose_name": "perangkat yang masuk",
                "verbose_name_plural": "perangkat yang masuk",
                "abstract": False,
            },
        ),
    ]
