"""What appends to the audit trail, and what keeps everyone from changing or emptying it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

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

# Not one of pgtrigger's: those can be told to look away. ALWAYS: not even a session that takes itself for a replica
# passes by.
PROTECT = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is never changed or deleted.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON accounts_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();
ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_is_never_emptied;
ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_is_append_only;
"""

UNPROTECT = """
DROP TRIGGER audit_is_never_emptied ON accounts_auditentry;
DROP TRIGGER audit_is_append_only ON accounts_auditentry;
DROP FUNCTION accounts_refuse_change;
"""

FORGET = """
DROP FUNCTION accounts_append_audit_entry;
DROP FUNCTION accounts_unsaid;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND, FORGET),
        migrations.RunSQL(PROTECT, UNPROTECT),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('accounts.user', to_jsonb(OLD), to_jsonb(NEW), NULL, '{email,name,password}', '{last_login,sessions_ended}'); RETURN NULL;",
                    hash="d945c2f2e242e8ec5094d799d0a65bd9169a9fa6",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_89230",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="end_sessions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.sessions_ended := OLD.sessions_ended + (OLD.is_active AND NOT NEW.is_active OR lower(OLD.email) <> lower(NEW.email))::int; RETURN NEW;",
                    hash="44bd83f711a430ee3892d33bb04e31cda15adcc5",
                    operation="UPDATE",
                    pgid="pgtrigger_end_sessions_950de",
                    table="accounts_user",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="desknote",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('accounts.desknote', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{text}', '{}'); RETURN NULL;",
                    hash="f59dc488e607638cf3b1561b4d073553c8b095c4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_0682e",
                    table="accounts_desknote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="officerassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('accounts.officerassignment', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="549509aaa8a247c7cae114a74f066256a2a6fa90",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_9dd2c",
                    table="accounts_officerassignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pendingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('accounts.pendingdecision', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{facts,title}'); RETURN NULL;",
                    hash="685904e2fb23b8d1fbb6b8a0548e1cc733d1b718",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_b335d",
                    table="accounts_pendingdecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reasontemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="audit",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE asked text := set_config('pgtrigger.ignore', '{}', true);",
                    func="PERFORM accounts_append_audit_entry('accounts.reasontemplate', to_jsonb(OLD), to_jsonb(NEW), COALESCE(NEW.\"region_id\", OLD.\"region_id\"), '{}', '{}'); RETURN NULL;",
                    hash="3c11d38c9c40a7ce6dc7e374d28c1af1915a5a94",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_audit_560b6",
                    table="accounts_reasontemplate",
                    when="AFTER",
                ),
            ),
        ),
    ]
