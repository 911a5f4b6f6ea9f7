"""Which other systems are told what happens, and each message to them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models.webhooks


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_first_retention_terms"),
        ("regions", "0004_brought_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="nama sistem")),
                ("url", models.CharField(max_length=500, verbose_name="alamat penerima")),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), verbose_name="peristiwa"
                    ),
                ),
                (
                    "secret",
                    models.CharField(default=accounts.models.webhooks.new_secret, editable=False, max_length=60),
                ),
                ("former_secret", models.CharField(blank=True, editable=False, max_length=60)),
                ("former_until", models.DateTimeField(editable=False, null=True)),
                ("disabled_at", models.DateTimeField(editable=False, null=True, verbose_name="dimatikan")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="didaftarkan")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="diperbarui")),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="didaftarkan oleh",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                        verbose_name="wilayah",
                    ),
                ),
            ],
            options={
                "verbose_name": "sambungan sistem lain",
                "verbose_name_plural": "sambungan sistem lain",
            },
        ),
        migrations.CreateModel(
            name="WebhookMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("event", models.CharField(max_length=30, verbose_name="peristiwa")),
                ("row", models.BigIntegerField(editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "menunggu"),
                            ("sent", "terkirim"),
                            ("failed", "gagal"),
                            ("dropped", "tidak jadi: tidak lagi tampil untuk umum"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="keadaan",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="jawaban terakhir")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="terjadi")),
                (
                    "due_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="dikirim paling cepat"),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="selesai")),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="accounts.webhook",
                        verbose_name="sistem",
                    ),
                ),
            ],
            options={
                "verbose_name": "kiriman ke sistem lain",
                "verbose_name_plural": "kiriman ke sistem lain",
            },
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(
                fields=("region", "url"),
                name="webhook_once",
                violation_error_message="Alamat itu sudah terdaftar untuk wilayah ini.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhook",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('accounts.webhook', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{url,secret,former_secret}', '{}'); RETURN NULL;",
                    hash="85cf0406d245938e07448abb54264c9b642fb36b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_3e65b",
                    table="accounts_webhook",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="webhookmessage",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["due_at", "id"], name="webhook_message_waiting"
            ),
        ),
    ]
