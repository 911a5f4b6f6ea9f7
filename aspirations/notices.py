"""Of what those who sent an aspiration, and those who hold it, are told."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import NoticeKind

OWN = NoticeKind("own_aspiration", _("perkembangan usulan yang Anda kirim"))
HELD = NoticeKind("aspiration", _("usulan warga yang perlu Anda tangani"))
