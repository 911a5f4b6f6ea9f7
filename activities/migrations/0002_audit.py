"""Posts and photos leave a trail."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_audit"),
        ("activities", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="photo",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='PERFORM accounts_append_audit_entry(\'activities.photo\', TG_OP, to_jsonb(OLD), to_jsonb(NEW), (SELECT "place_id" FROM "activities_post" WHERE "id" = COALESCE(NEW."post_id", OLD."post_id")), \'{}\', \'{}\'); RETURN NULL;',
                    hash="e84bf9780fdf9a43558d98289f4ca4b33c953444",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_883d8",
                    table="activities_photo",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM accounts_append_audit_entry('activities.post', TG_OP, to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"place_id\", OLD.\"place_id\"), '{}', '{search,slug,updated_at}'); RETURN NULL;",
                    hash="a218930a41f3a19a31f751bb274dd829e267e3a0",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_392a1",
                    table="activities_post",
                    when="AFTER",
                ),
            ),
        ),
    ]
