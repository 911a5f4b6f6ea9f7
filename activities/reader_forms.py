"""What a reader may say under a post, and report."""

import re
from datetime import timedelta
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import AnswerField, NoteField
from accounts.suspicion import LINK
from activities.models import Comment, Flag
from activities.models.comments import NEW_ACCOUNT_DAYS
from pages.tappable import holds_contact

CONTACT_ELSEWHERE = _(
    "Semua orang membaca komentar, jadi jangan menulis nomor telepon atau surel di sini. "
    "Agar dihubungi, pakai “Kirim usulan”: kontak Anda di sana tidak tampil untuk umum."
)


class CommentForm(forms.Form):
    text = AnswerField(
        label=_("komentar"),
        max_length=Comment._meta.get_field("text").max_length,
        rows=4,
        help_text=_("Nama Anda tampil di sampingnya. Jangan menulis nomor telepon, surel, atau data pribadi orang."),
    )

    def __init__(self, *args, author, **kwargs):
        self.author = author
        super().__init__(*args, **kwargs)

    def clean_text(self):
        text = self.cleaned_data["text"]
        if holds_contact(text):
            raise ValidationError(CONTACT_ELSEWHERE)
        is_new = self.author.joined_at > timezone.now() - timedelta(days=NEW_ACCOUNT_DAYS)
        if is_new and LINK.search(text):
            raise ValidationError(_("Akun baru belum dapat menulis tautan. Tulis tanpa alamat situs."))
        return text


class FlagForm(forms.Form):
    # Whose form it is: sent twice, by a double tap or from memory, it is one report.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)
    reason = forms.ChoiceField(label=_("alasan"), choices=Flag.Reason, widget=forms.RadioSelect)
    text = NoteField(
        label=_("penjelasan"),
        max_length=Flag._meta.get_field("text").max_length,
        required=False,
        rows=4,
    )

    def clean(self):
        said = super().clean()
        if said.get("reason") == Flag.Reason.OTHER and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Tulis dengan beberapa kata apa yang Anda laporkan."))
        return said

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in ("reason", "text")}


class FlagCodeForm(forms.Form):
    code = forms.CharField(label=_("kode laporan"), max_length=20)

    def clean_code(self):
        code = re.sub(r"[^0-9A-Z]", "", self.cleaned_data["code"].upper()).removeprefix("LAP")
        flag = (
            Flag.objects.filter(code=f"LAP-{code}")
            .select_related("item__post__place", "item__photo", "item__comment")
            .first()
        )
        if flag is None:
            raise ValidationError(_("Kode ini tidak kami temukan. Periksa lagi huruf dan angkanya."))
        self.flag = flag
        return flag.code
