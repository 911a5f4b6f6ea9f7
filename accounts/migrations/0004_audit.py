"""The audit trail: the table, what appends to it, and what keeps everyone from changing it."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

APPEND = """
CREATE FUNCTION accounts_append_audit_entry(
    model text, old jsonb, new jsonb, region bigint, personal text[], ignored text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    context jsonb := coalesce(nullif(current_setting('pghistory.context_metadata', true), ''), '{}');
    before jsonb;
    after jsonb;
BEGIN
    SELECT jsonb_object_agg(key, accounts_unsaid(old -> key, key = ANY (personal))),
           jsonb_object_agg(key, accounts_unsaid(new -> key, key = ANY (personal)))
    INTO before, after
    FROM jsonb_object_keys(coalesce(new, old)) AS key
    WHERE key <> ALL (ignored) AND old -> key IS DISTINCT FROM new -> key;

    IF before IS NOT NULL THEN
        INSERT INTO accounts_auditentry (model, object_id, deed, before, after, region_id, by_id, role, by_region_id, reason)
        VALUES (model, (coalesce(new, old) ->> 'id')::bigint,
                CASE WHEN old IS NULL THEN 'INSERT' WHEN new IS NULL THEN 'DELETE' ELSE 'UPDATE' END,
                CASE WHEN old IS NOT NULL THEN before END, CASE WHEN new IS NOT NULL THEN after END,
                region, (context ->> 'user')::bigint, coalesce(context ->> 'role', ''),
                (context ->> 'region')::bigint, coalesce(context ->> 'reason', ''));
    END IF;
END $$;

CREATE FUNCTION accounts_unsaid(value jsonb, personal boolean) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN personal AND value NOT IN ('null', '""') THEN '"•••"' ELSE value END
$$;
"""

# Not one of pgtrigger's: those can be told to look away.
PROTECT = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is never changed or deleted.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();
"""

UNPROTECT = """
DROP TRIGGER audit_is_append_only ON accounts_auditentry;
DROP FUNCTION accounts_refuse_change;
"""

FORGET = """
DROP FUNCTION accounts_append_audit_entry;
DROP FUNCTION accounts_unsaid;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_assignment_once_at_a_time"),
        ("regions", "0003_search_by_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="waktu"),
                ),
                ("model", models.CharField(max_length=60, verbose_name="jenis data")),
                ("object_id", models.BigIntegerField(verbose_name="nomor data")),
                (
                    "deed",
                    models.CharField(
                        choices=[("INSERT", "dibuat"), ("UPDATE", "diubah"), ("DELETE", "dihapus")],
                        max_length=6,
                        verbose_name="perubahan",
                    ),
                ),
                ("before", models.JSONField(null=True, verbose_name="sebelumnya")),
                ("after", models.JSONField(null=True, verbose_name="sesudahnya")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("officer", "petugas"),
                            ("superuser", "pengelola sistem"),
                            ("resident", "warga"),
                            ("visitor", "pengunjung"),
                            ("", "sistem"),
                        ],
                        max_length=10,
                        verbose_name="sebagai",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="alasan")),
            ],
            options={
                "verbose_name": "catatan audit",
                "verbose_name_plural": "catatan audit",
                "ordering": ["-pk"],
            },
        ),
        migrations.RunSQL(APPEND, FORGET),
        migrations.RunSQL(PROTECT, UNPROTECT),
        pgtrigger.migrations.AddTrigger(
            model_name="officerassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM accounts_append_audit_entry('accounts.officerassignment', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="1ab498700aab49eda3702a9db4dca280caa98e2c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_9dd2c",
                    table="accounts_officerassignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM accounts_append_audit_entry('accounts.user', to_jsonb(OLD), to_jsonb(NEW), NULL, '{email,name,password}', '{last_login}'); RETURN NULL;",
                    hash="b7a2c1bb4347194be0e2b1974cfb711c080e565a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_89230",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="oleh",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="by_region",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="regions.region",
                verbose_name="petugas wilayah",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="region",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="regions.region",
                verbose_name="wilayah",
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["region", "-id"], name="audit_of_region"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["model", "object_id", "-id"], name="audit_of_row"),
        ),
    ]
