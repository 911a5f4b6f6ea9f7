"""What other systems may be told of: each app declares its own events in a module named `webhooks.py`.

WebhookEvent("post.published", _("kegiatan terbit"), told=published)
"""

from accounts.declared import Declared


class WebhookEvent(Declared):
    """A word of at most 30 letters. `told(pk)` says what everyone may read of the row now: a Subject, or None.

    It is asked at the moment of sending; of what is None nothing leaves.
    """

    def __new__(cls, word, label, *, told):
        return super().__new__(cls, word, label, told=told)


def subject(identity, region, *, url="", title=""):
    """What leaves: of a row that is no longer public, only which it was and where."""
    public = {"url": url, "title": title} if url else {}
    return {"id": identity, **public, "region": region.code}
