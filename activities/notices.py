"""Of what authors, chairs and officers are told about posts."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import NoticeKind

ADAPTATION = NoticeKind("adaptation", _("KIM lain memakai tulisan Anda"), is_optional=True)
MODERATION = NoticeKind("moderation", _("pemeriksaan kegiatan"))
