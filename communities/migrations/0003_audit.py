"""KIM, their members, offices and decrees leave a trail."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_audit"),
        ("communities", "0002_partner_kinds_and_fields"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="community",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM accounts_append_audit_entry('communities.community', CASE WHEN OLD.status <> 'draft' THEN to_jsonb(OLD) END, CASE WHEN NEW.status <> 'draft' THEN to_jsonb(NEW) END, COALESCE(NEW.\"seat_id\", OLD.\"seat_id\"), '{contact_phone,contact_email}', '{post_count,last_post_at,updated_at}'); RETURN NULL;",
                    hash="498518c115180ef381434b1fcf705f0e85c80524",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_004da",
                    table="communities_community",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decree",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM accounts_append_audit_entry('communities.decree', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="7d49fa1bf751209a32f1a92042568a84ad23290b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_12667",
                    table="communities_decree",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='PERFORM accounts_append_audit_entry(\'communities.membership\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{name}\', \'{}\'); RETURN NULL;',
                    hash="f6c8842902605b8e7a217c445a4f94e2e8c0a5d6",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_10199",
                    table="communities_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="position",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='PERFORM accounts_append_audit_entry(\'communities.position\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="6d7fb20b17e69cfb67d07efd58883d0fd985b913",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_1551e",
                    table="communities_position",
                    when="AFTER",
                ),
            ),
        ),
    ]
