"""Choosing how a KIM shows itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import PhotoField, SeenCharField
from accounts.typed import plain_name
from communities.models import CommunityPicture
from pages.written_over import ShownVersion

Kind = CommunityPicture.Kind
HINTS = {
    Kind.PICTURE: _("Foto melintang di puncak halaman KIM, misalnya para anggota atau kegiatan khas Anda."),
    Kind.LOGO: _(
        "Sebaiknya persegi. Tampil di samping nama KIM, di daftar KIM, dan di situs yang menyematkan kabar Anda."
    ),
}


class PictureForm(ShownVersion, forms.Form):
    """One picture: a new one with its words, other words for the `known` one, or none any more.

    What another page saved since this one was opened is not written over unseen.
    """

    file = PhotoField(required=False)
    alt = SeenCharField(
        label=_("apa yang terlihat di gambar ini?"),
        help_text=_("Dibacakan untuk orang yang tidak melihat gambarnya."),
        required=False,
        max_length=200,
        validators=[plain_name],
    )
    is_removed = forms.BooleanField(label=_("hapus gambar ini"), required=False)

    def __init__(self, *args, community, kind, known=None, **kwargs):
        super().__init__(*args, prefix=kind, initial={"alt": known.alt if known else ""}, **kwargs)
        self.community, self.kind, self.known = community, Kind(kind), known
        self.fields["file"].label = _("ganti dengan") if known else _("pilih gambar")
        self.fields["file"].help_text = HINTS[self.kind]
        if not known:
            del self.fields["is_removed"]

    def clean(self):
        facts = super().clean()
        is_shown = facts.get("file") or (self.known and not facts.get("is_removed"))
        if is_shown and "alt" in facts and not facts["alt"]:
            self.add_error("alt", _("Tulis apa yang terlihat di gambar ini."))
        comes_back = self.errors or self.is_written_over
        if comes_back and facts.get("file"):  # which a browser forgets
            self.add_error("file", _("Pilih berkasnya sekali lagi."))
        return facts

    def stored_beside(self):
        return {"picture": self.known.pk if self.known else None}

    @property
    def differences(self):
        wanted = super().differences
        if self.known and self.cleaned_data.get("is_removed"):
            wanted = [{"label": self.kind.label, "here": _("dihapus"), "there": _("seperti di bawah ini")}]
        elif self.files.get(self.add_prefix("file")):
            there = _("seperti di bawah ini") if self.known else _("tidak ada")
            wanted = [{"label": self.kind.label, "here": _("gambar yang Anda pilih"), "there": there}, *wanted]
        return wanted

    def save(self, *, by):
        """Whether all of it could be kept; StepRefused where the KIM takes no picture now."""
        if not self.is_valid() or self.is_written_over:
            return False
        facts, pictures = self.cleaned_data, CommunityPicture.objects
        if facts["file"]:
            pictures.show(self.community, self.kind, facts["file"], facts["alt"], by=by)
        elif self.known and facts["is_removed"]:
            pictures.remove(self.community, self.kind, by=by)
        elif self.known and facts["alt"] != self.known.alt:
            pictures.say(self.community, self.kind, facts["alt"], by=by)
        return True
