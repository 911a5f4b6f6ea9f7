import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import accounts.models.retention_terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_one_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "word",
                    models.CharField(
                        choices=accounts.models.retention_terms.words,
                        editable=False,
                        max_length=20,
                        unique=True,
                        verbose_name="yang disimpan",
                    ),
                ),
                ("days", models.PositiveIntegerField(verbose_name="hari")),
            ],
            options={
                "verbose_name": "masa simpan",
                "verbose_name_plural": "masa simpan",
                "ordering": ["word"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionterm",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('accounts.retentionterm', to_jsonb(OLD), to_jsonb(NEW), NULL, '{}', '{}'); RETURN NULL;",
                    hash="5a4ec349af0a6a7c46a0a08a47fd316ba2795fff",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_5845b",
                    table="accounts_retentionterm",
                    when="AFTER",
                ),
            ),
        ),
    ]
