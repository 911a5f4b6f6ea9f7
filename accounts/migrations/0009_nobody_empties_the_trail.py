"""Whoever may not delete a row of the audit trail may not empty it either."""

from django.db import migrations

# ALWAYS: not even a session that takes itself for a replica passes by.
PROTECT = """
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON accounts_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();
ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_is_never_emptied;
ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_is_append_only;
"""
UNPROTECT = """
ALTER TABLE accounts_auditentry ENABLE TRIGGER audit_is_append_only;
DROP TRIGGER audit_is_never_emptied ON accounts_auditentry;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_notices_of_moderation")]

    operations = [migrations.RunSQL(PROTECT, UNPROTECT)]
