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
                    func="PERFORM accounts_append_audit_entry('communities.community', TG_OP, to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"seat_id\", OLD.\"seat_id\"), '{contact_phone,contact_email}', '{post_count,last_post_at,updated_at}'); RETURN NULL;",
                    hash="adb8ac91e4119c397e99179e86e6e7d2dfed88d5",
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
                    func="PERFORM accounts_append_audit_entry('communities.decree', TG_OP, to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="c059d3c32e3c0e5e9056a29b5101bdca844a42ea",
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
                    func='PERFORM accounts_append_audit_entry(\'communities.membership\', TG_OP, to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{name}\', \'{}\'); RETURN NULL;',
                    hash="70b8a8a308d8c351a2e848abb4e02d3da7bcd206",
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
                    func='PERFORM accounts_append_audit_entry(\'communities.position\', TG_OP, to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="9b87c179ff3832d40cb88fab22a4a3504448dbdb",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_1551e",
                    table="communities_position",
                    when="AFTER",
                ),
            ),
        ),
    ]
