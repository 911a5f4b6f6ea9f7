"""Of what KIM and officers are told about government information."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import NoticeKind

BULLETIN = NoticeKind("bulletin", _("informasi pemerintah"), is_optional=True)
# Nobody goes without these.
WARNING = NoticeKind("warning", _("peringatan darurat"))
QUESTION = NoticeKind("question", _("pertanyaan tentang informasi pemerintah"))
