"""The signed URL that stops one kind of e-mail for one person, without signing in."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.notices import NoticeKind

STOP = Signer(salt="stop-notices")


def stop_path(user_pk, kind):
    return reverse("notice_stop", args=[STOP.sign(f"{user_pk}-{kind}")])


def stopped_by(token):
    """`(primary key of the user, kind)` that a stop URL was made for, or None."""
    try:
        user, _dash, kind = STOP.unsign(token).partition("-")
    except BadSignature:
        return None
    return (int(user), NoticeKind.named(kind)) if kind in NoticeKind.optional() else None
