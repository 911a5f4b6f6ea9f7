"""When a system that lets us wait was last asked."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_notice_sentences"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="webhook",
            name="audit",
        ),
        migrations.AddField(
            model_name="webhook",
            name="slow_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhook",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('accounts.webhook', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{url,secret,former_secret}', '{slow_at}'); RETURN NULL;",
                    hash="c6c8b19889efdcb4fae60ea9803b466602be45d7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_3e65b",
                    table="accounts_webhook",
                    when="AFTER",
                ),
            ),
        ),
    ]
