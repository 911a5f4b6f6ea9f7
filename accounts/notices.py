"""Of what people are told, as far as accounts go; every app has its own kinds in a module of this name."""

from django.utils.translation import gettext_lazy as _

from accounts.declared import Declared


class NoticeKind(Declared):
    """A kind of notice, of at most 14 letters; an optional one a person may switch off, any other belongs to a deed."""

    def __new__(cls, word, label, *, is_optional=False):
        return super().__new__(cls, word, label, is_optional=is_optional)

    @classmethod
    def optional(cls):
        return [kind for kind in cls.known.values() if kind.is_optional]


DECISION = NoticeKind("decision", _("keputusan di meja petugas"))
ASSIGNMENT = NoticeKind("assignment", _("penugasan petugas"))
SECURITY = NoticeKind("security", _("keamanan akun"))
CONNECTION = NoticeKind("connection", _("sambungan sistem lain"))
