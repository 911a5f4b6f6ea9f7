"""The triggers of the audit trail; what the migration before wrote is not in it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_partner_kinds_and_sectors"), ("accounts", "0002_audit")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="partnerkind",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.partnerkind', to_jsonb(OLD), to_jsonb(NEW), NULL, '{}', '{}'); RETURN NULL;",
                    hash="d43aaefffe9143d98a65232a655447faae0b57f9",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_ea209",
                    table="communities_partnerkind",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sector",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.sector', to_jsonb(OLD), to_jsonb(NEW), NULL, '{}', '{}'); RETURN NULL;",
                    hash="058ce9db1c8f05eb5903ccff5b676bad76ac7cbe",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_dd0f2",
                    table="communities_sector",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coachingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.coachingevent', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="63cc0851dfb27b8189e9b0d9f252f3da033e6761",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_04b2e",
                    table="communities_coachingevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="communitypicture",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'communities.communitypicture\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{alt}\', \'{}\'); RETURN NULL;',
                    hash="8842937621ba7997e73e93ac8aada357e0301fae",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_6bc60",
                    table="communities_communitypicture",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decree",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.decree', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="51f7c42a8c38caf57bc522804d637614d6011fda",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_12667",
                    table="communities_decree",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'communities.certificate\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{}\', \'{token}\'); RETURN NULL;',
                    hash="cea255ae4fdf5ce6839664711a6cbe3c04edf13b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_64984",
                    table="communities_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formationrule",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.formationrule', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="c8af28e8779ec1db680db9425c76757c392c1072",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_1909f",
                    table="communities_formationrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitationlink",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'communities.invitationlink\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{code}\', \'{}\'); RETURN NULL;',
                    hash="87a17848871c3f1ea8f9e20ab10954aaf22033d4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_8be3e",
                    table="communities_invitationlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'communities.membership\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{name,email,occupation}\', \'{}\'); RETURN NULL;',
                    hash="6b659bdced1ac760ec4e696b98ac11f43846cc8e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_10199",
                    table="communities_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="office",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.office', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="fb60af4b5e6c231e5b74593c8749aa99179501cf",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_4c02e",
                    table="communities_office",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'communities.paper\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="ca79ea7256a245200123c2113bb350245b5aabdc",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_4482f",
                    table="communities_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="position",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'communities.position\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = COALESCE(NEW."community_id", OLD."community_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="5400b7502979aa18afbe10fe66faace6b27fa3ec",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_1551e",
                    table="communities_position",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rosterimport",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.rosterimport', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{rows_done,rows_to_do,touched_at}'); RETURN NULL;",
                    hash="571203057c2f78f08b17839cd23ef833614079c9",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_c0707",
                    table="communities_rosterimport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="material",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.material', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="97d1af285ccadf73bb8922955d8f7bfc9480e566",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_e98de",
                    table="communities_material",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="community",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.community', CASE WHEN OLD.status <> 'draft' THEN to_jsonb(OLD) END, CASE WHEN NEW.status <> 'draft' THEN to_jsonb(NEW) END, COALESCE(NEW.\"seat_id\", OLD.\"seat_id\"), '{contact_phone,contact_email}', '{post_count,last_post_at,updated_at}'); RETURN NULL;",
                    hash="9ebeee68b8fa9b68f539f9a76c08b8bd28d4189f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_004da",
                    table="communities_community",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="usefulcontact",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('communities.usefulcontact', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{updated_at}'); RETURN NULL;",
                    hash="8349e9e2de77da8953f3c616c897fd0675386d73",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_d409b",
                    table="communities_usefulcontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="checkeditem",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'communities.checkeditem\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "seat_id" FROM "communities_community" WHERE "id" = (SELECT "community_id" FROM "communities_verification" WHERE "id" = COALESCE(NEW."verification_id", OLD."verification_id"))), \'{}\', \'{}\'); RETURN NULL;',
                    hash="12b6c0fa95c5dbbc81038932acacab94ccf30b35",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_a933b",
                    table="communities_checkeditem",
                    when="AFTER",
                ),
            ),
        ),
    ]
