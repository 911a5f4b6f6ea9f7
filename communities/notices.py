"""Of what the people of a KIM and its officers are told."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import NoticeKind

MEMBERSHIP = NoticeKind("membership", _("undangan dan keanggotaan"))
VERIFICATION = NoticeKind("verification", _("verifikasi dan pengukuhan KIM"))
DECREE = NoticeKind("decree", _("masa berlaku SK"), is_optional=True)
CONFIRMATION = NoticeKind("confirmation", _("pengingat memperbarui data KIM"), is_optional=True)
DATA_COPY = NoticeKind("data_copy", _("salinan data wilayah atau KIM"))
