import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_edition_uploads"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondFactor",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("mfa.authenticator",),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="end_sessions",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="end_sessions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.sessions_ended := greatest(OLD.sessions_ended, NEW.sessions_ended) + (OLD.is_active AND NOT NEW.is_active OR lower(OLD.email) <> lower(NEW.email))::int; RETURN NEW;",
                    hash="1af25ad14f16ddd5d91fd190581ff2d4595a6d43",
                    operation="UPDATE",
                    pgid="pgtrigger_end_sessions_950de",
                    table="accounts_user",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="secondfactor",
            trigger=pgtrigger.compiler.Trigger(
                name="end_sessions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF TG_OP = 'UPDATE' AND\n    (OLD.user_id, OLD.data -> 'secret', OLD.data -> 'seed') IS NOT DISTINCT FROM\n    (NEW.user_id, NEW.data -> 'secret', NEW.data -> 'seed')\nTHEN RETURN NULL; END IF;\nUPDATE accounts_user SET sessions_ended = sessions_ended + 1 WHERE id IN (OLD.user_id, NEW.user_id);\nRETURN NULL;\n",
                    hash="a19291a306669bd31684800a5f226ba2ea02bafa",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_end_sessions_33c83",
                    table="mfa_authenticator",
                    when="AFTER",
                ),
            ),
        ),
    ]
