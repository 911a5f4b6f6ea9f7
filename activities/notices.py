"""Of what authors, chairs and officers are told about posts."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import NoticeKind

MODERATION = NoticeKind("moderation", _("pemeriksaan kegiatan"))
