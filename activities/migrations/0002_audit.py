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
                    func='PERFORM accounts_append_audit_entry(\'activities.photo\', to_jsonb(OLD), to_jsonb(NEW), (SELECT "place_id" FROM "activities_post" WHERE "id" = COALESCE(NEW."post_id", OLD."post_id")), \'{alt,caption}\', \'{}\'); RETURN NULL;',
                    hash="3982443974578a52c965b3b2c834ea26abe537b1",
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
                    func="PERFORM accounts_append_audit_entry('activities.post', CASE WHEN OLD.status <> 'draft' THEN to_jsonb(OLD) END, CASE WHEN NEW.status <> 'draft' THEN to_jsonb(NEW) END, COALESCE(NEW.\"place_id\", OLD.\"place_id\"), '{}', '{search,slug,updated_at}'); RETURN NULL;",
                    hash="a6178d7cdd0936967947ed943a134ed3a10c59ae",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_392a1",
                    table="activities_post",
                    when="AFTER",
                ),
            ),
        ),
    ]
