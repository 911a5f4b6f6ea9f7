"""What somebody began who is not signed in yet: a password that was right, a code sent for a new one.

allauth keeps it in the session for a quarter of an hour. It holds for the account as it was: whatever ends the sessions
of the account, its password, e-mail address and second factor among them, ends this too.
"""

from django.utils.crypto import constant_time_compare

BEGUN_WITH = "begun_with"


def begin(request, user):
    request.session[BEGUN_WITH] = user.get_session_auth_hash()


def still_holds(request, user):
    return constant_time_compare(request.session.get(BEGUN_WITH, ""), user.get_session_auth_hash())
