"""Sessions in the database, for keys that we could have given alone; an officer's lasts a working day."""

import re
import time

from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.backends import db

OURS = re.compile(r"[a-z0-9]{8,40}")
WORKING_DAY = 10 * 3600  # seconds
ENDS = "working_day_ends"


class SessionStore(db.SessionStore):
    def load(self):
        data = super().load()
        if ENDS not in data or data[ENDS] > time.time():
            return data
        self.delete(self.session_key)
        self._session_key = None
        return {}

    def end_with_the_working_day(self):
        """From the first page of an officer on, whatever is done; not counted anew with each page."""
        if ENDS not in self:
            self[ENDS] = time.time() + WORKING_DAY

    def _validate_session_key(self, key):
        # A cookie may hold anything, and PostgreSQL takes no NUL.
        return bool(key and OURS.fullmatch(key))

    @classmethod
    def get_model_class(cls):
        return db.SessionStore.get_model_class()


def keep_this_one(request, user, **_signal):
    """A change of one's own ended all sessions of the person; the one in which it was made goes on."""
    if request.user.pk == user.pk:
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
