"""What proves a person besides the password; the rows are allauth's."""

import pgtrigger
from allauth.mfa.models import Authenticator

# A recovery code that is used, a name that is changed and the moment of last use are no other second factor.
END_SESSIONS = """
IF TG_OP = 'UPDATE' AND
    (OLD.user_id, OLD.data -> 'secret', OLD.data -> 'seed') IS NOT DISTINCT FROM
    (NEW.user_id, NEW.data -> 'secret', NEW.data -> 'seed')
THEN RETURN NULL; END IF;
UPDATE accounts_user SET sessions_ended = sessions_ended + 1 WHERE id IN (OLD.user_id, NEW.user_id);
RETURN NULL;
"""


class SecondFactor(Authenticator):
    """An authenticator app, a passkey or recovery codes; who gets, loses or changes one signs in anew elsewhere."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="end_sessions",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=END_SESSIONS,
            )
        ]
