"""The triggers of the audit trail."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_initial"), ("accounts", "0002_audit")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="bulletin",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('bulletins.bulletin', CASE WHEN OLD.status <> 'draft' THEN to_jsonb(OLD) END, CASE WHEN NEW.status <> 'draft' THEN to_jsonb(NEW) END, COALESCE(NEW.\"issuer_id\", OLD.\"issuer_id\"), '{}', '{slug,updated_at,delivered_to}'); RETURN NULL;",
                    hash="ee329680ecc06847e8d4349a91a61eeaea6b9727",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_7c09d",
                    table="bulletins_bulletin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attachment",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'bulletins.attachment\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "issuer_id" FROM "bulletins_bulletin" WHERE "id" = COALESCE(NEW."bulletin_id", OLD."bulletin_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="29fc8ceda9865f20eddc4acc63eb4ef1eed50f54",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_992f3",
                    table="bulletins_attachment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bulletinpicture",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'bulletins.bulletinpicture\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "issuer_id" FROM "bulletins_bulletin" WHERE "id" = COALESCE(NEW."bulletin_id", OLD."bulletin_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="8a6ee3cc81e10d570ea2c58ab56c97a721858448",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_1de36",
                    table="bulletins_bulletinpicture",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'bulletins.question\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "issuer_id" FROM "bulletins_bulletin" WHERE "id" = COALESCE(NEW."bulletin_id", OLD."bulletin_id")), \'{text,answer}\', \'{}\'); RETURN NULL;',
                    hash="2ddb369ef1944bd43440325cefc09f7b2256df87",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_7ee08",
                    table="bulletins_question",
                    when="AFTER",
                ),
            ),
        ),
    ]
