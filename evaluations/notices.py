"""Of what KIM and officers are told about evaluations."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import NoticeKind

EVALUATION = NoticeKind("evaluation", _("evaluasi KIM"), is_optional=True)
