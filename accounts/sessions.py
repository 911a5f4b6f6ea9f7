"""Sessions in the database, for keys that we could have given alone; an officer's lasts a working day."""

import re
import time
from datetime import UTC, datetime, timedelta

from django.contrib.auth import SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.backends import db
from django.utils import timezone

from accounts import browsers

OURS = re.compile(r"[a-z0-9]{8,40}")
WORKING_DAY = 10 * 3600  # seconds
# Of a browser in which nobody is signed in: it may hold the e-mail address of who forgot a password, or what was typed.
FORGOTTEN = timedelta(days=1)
ENDS = "working_day_ends"
BEGUN, DEVICE = "signed_in_at", "device"


class SessionStore(db.SessionStore):
    @staticmethod
    def is_over(data):
        return ENDS in data and data[ENDS] <= time.time()

    def load(self):
        row = self._get_session_from_db()
        if row is None:
            return {}
        data = self.decode(row.session_data)
        if self.is_over(data):
            self.delete(self.session_key)
            self._session_key = None
            return {}
        row.note_seen()
        return data

    def end_with_the_working_day(self):
        """From the first page of an officer on, whatever is done; not counted anew with each page."""
        if ENDS not in self:
            self[ENDS] = time.time() + WORKING_DAY

    def note_device(self, request):
        """Remember what somebody signed in with, in words."""
        self[DEVICE] = browsers.named(request.headers.get("User-Agent", ""))

    def create_model_instance(self, data):
        """Beside the data, what its person is shown of it."""
        if SESSION_KEY in data:
            data.setdefault(BEGUN, time.time())
        row = super().create_model_instance(data)
        if SESSION_KEY in data:
            row.user_id, row.begun_at = data[SESSION_KEY], datetime.fromtimestamp(data[BEGUN], UTC)
            row.browser, row.system = data.get(DEVICE, ("", ""))
        else:
            row.expire_date = min(row.expire_date, timezone.now() + FORGOTTEN)
        return row

    def _validate_session_key(self, key):
        # A cookie may hold anything, and PostgreSQL takes no NUL.
        return bool(key and OURS.fullmatch(key))

    @classmethod
    def get_model_class(cls):
        from accounts.models import Session

        return Session


def keep_this_one(request, user, **_signal):
    """A change of one's own ended all sessions of the person; the one in which it was made goes on."""
    if request.user.pk == user.pk:
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
