"""What a KIM or an officer writes down for somebody who told it in person, by telephone or WhatsApp."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import NoteField, PlaceField, SeenCharField
from accounts.typed import name_in_letters, plain_name, plain_sentence
from aspirations.models import Aspiration, SentBefore
from pages.sent_before import SECOND_TAP

TOLD = [choice for choice in Aspiration.Way.choices if choice[0] != Aspiration.Way.SITE]

SAVED_BEFORE = _("Formulir ini sudah tercatat. Bila ini usulan lain, simpan sekali lagi.")
SAVED = _("Tercatat dengan kode %(code)s. Sampaikan kode ini kepada warga.")
SAVED_ALREADY = _("Usulan yang sama sudah Anda catat dengan kode %(code)s, jadi tidak dicatat dua kali.")


class EnteringForm(forms.Form):
    """Whoever told it is known to who holds it alone, unless they want their name to be seen."""

    # Chosen when the page is made: sent twice it is one.
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    came_by = forms.ChoiceField(label=_("disampaikan lewat"), choices=TOLD, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("jenis"), choices=Aspiration.Kind.choices, initial=Aspiration.Kind.USULAN)
    title = SeenCharField(label=_("judul"), max_length=120, validators=[plain_sentence])
    text = NoteField(label=_("isi"), rows=6, max_length=4000)
    place = PlaceField(label=_("tempat"), help_text=_("Desa atau kelurahan yang dimaksud."))
    sender_name = SeenCharField(
        label=_("nama yang menyampaikan (boleh kosong)"), max_length=120, required=False, validators=[name_in_letters]
    )
    sender_phone = SeenCharField(
        label=_("telepon (boleh kosong)"), max_length=20, required=False, validators=[plain_name]
    )
    sender_email = forms.EmailField(
        max_length=254,
        label=_("surel (boleh kosong)"),
        required=False,
        help_text=_("Bila diisi, perkembangannya dikirim ke sana."),
    )
    is_name_public = forms.BooleanField(label=_("namanya boleh tampil untuk umum"), required=False)

    def __init__(self, *args, allows, **kwargs):
        """`allows(place)`: whether this person may enter something for a place there."""
        super().__init__(*args, **kwargs)
        self.allows = allows

    def clean_place(self):
        place = self.cleaned_data["place"]
        if not self.allows(place):
            raise forms.ValidationError(_("Pilih tempat di wilayah Anda."))
        return place

    def clean(self):
        facts = super().clean()
        if facts.get("is_name_public") and not facts.get("sender_name"):
            self.add_error("sender_name", _("Tulis nama yang boleh tampil, atau hapus centangnya."))
        return facts

    def save(self, *, by, community=None):
        """The row, and `done` in words; what this person just entered in the same words is that one.

        None, with an error, where this form was saved before with other words: saved again it is another.
        """
        facts = {"entered_by": by, "community": community, **self.cleaned_data}
        try:
            row = Aspiration.objects.entered_just_now(facts) or Aspiration.objects.send(**facts)
        except SentBefore:
            self.add_error(None, SAVED_BEFORE)
            self.data = self.data.copy()
            self.data["client_uuid"] = uuid.uuid4()
            return None
        is_again = timezone.now() - row.created_at > SECOND_TAP
        self.done = (SAVED_ALREADY if is_again else SAVED) % {"code": row.code}
        return row
