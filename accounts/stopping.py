"""The signed URL that stops some kind of message for one person, without signing in."""

from django.core.signing import BadSignature, Signer

from accounts.notices import NoticeKind
from pages.row_urls import row_url


class StopURL:
    """The URLs of a view that stops what a text names; they hold as long as the secret of the portal does."""

    def __init__(self, view, salt):
        self.view, self.signer = view, Signer(salt=salt)

    def path(self, what):
        return row_url(self.view, self.signer.sign(what))

    def what(self, token):
        """The text that a URL was made for; None for no such URL."""
        try:
            return self.signer.unsign(token)
        except BadSignature:
            return None


NOTICES = StopURL("notice_stop", salt="stop-notices")


def stop_path(user_pk, kind):
    return NOTICES.path(f"{user_pk}-{kind}")


def stopped_by(token):
    """`(primary key of the user, kind)` that a stop URL was made for, or None."""
    user, _dash, kind = (NOTICES.what(token) or "").partition("-")
    return (int(user), NoticeKind.named(kind)) if kind in NoticeKind.optional() else None
