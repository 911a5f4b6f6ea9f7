"""The triggers of the audit trail."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial"), ("accounts", "0002_audit")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('activities.post', CASE WHEN OLD.status <> 'draft' THEN to_jsonb(OLD) END, CASE WHEN NEW.status <> 'draft' THEN to_jsonb(NEW) END, COALESCE(NEW.\"place_id\", OLD.\"place_id\"), '{title,summary,body,venue,claim,source_name,source_url,product,public_contact,original_url,old_blog_note}', '{search,slug,updated_at,over_at,days}'); RETURN NULL;",
                    hash="e510cf0eb3b8da4555dc0f99eec8ebdbe91e50ea",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_392a1",
                    table="activities_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="photo",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'activities.photo\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "place_id" FROM "activities_post" WHERE "id" = COALESCE(NEW."post_id", OLD."post_id")), \'{alt,caption}\', \'{}\'); RETURN NULL;',
                    hash="fd9e7b435b5e20ef36b2ecff70524602de6761d1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_883d8",
                    table="activities_photo",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="flaggeditem",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'activities.flaggeditem\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "place_id" FROM "activities_post" WHERE "id" = COALESCE(NEW."post_id", OLD."post_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="ad25a6fe347aac98a01223ec9b029c59a09e0c75",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_b34d5",
                    table="activities_flaggeditem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'activities.comment\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "place_id" FROM "activities_post" WHERE "id" = COALESCE(NEW."post_id", OLD."post_id")), \'{text}\', \'{}\'); RETURN NULL;',
                    hash="2991de275c7c49564c322ac9bc9030bed579ab56",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_621a4",
                    table="activities_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'activities.review\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "place_id" FROM "activities_post" WHERE "id" = COALESCE(NEW."post_id", OLD."post_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="98ba237db21dc962f551143cfb213d08541f3a5a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_7fd30",
                    table="activities_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func='PERFORM accounts_append_audit_entry(\'activities.appeal\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "place_id" FROM "activities_post" WHERE "id" = (SELECT "post_id" FROM "activities_review" WHERE "id" = COALESCE(NEW."review_id", OLD."review_id"))), \'{}\', \'{}\'); RETURN NULL;',
                    hash="0ae647cffaad40e1d80fbe7aa9bdc8cf654fef4f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_c37f3",
                    table="activities_appeal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trustrule",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('activities.trustrule', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="4908312bd2997e6464d51f9ea4831e1871e1d6a2",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_5e116",
                    table="activities_trustrule",
                    when="AFTER",
                ),
            ),
        ),
    ]
