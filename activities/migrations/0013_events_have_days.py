import django.contrib.postgres.fields.ranges
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0012_audit_never_looks_away"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.AddField(
            model_name="post",
            name="days",
            field=django.contrib.postgres.fields.ranges.DateRangeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="post",
            name="over_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="post",
            name="audit",
        ),
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
    ]
