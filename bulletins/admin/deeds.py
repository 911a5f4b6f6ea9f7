"""What an officer does to a bulletin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.desk_deeds import DeedForm
from accounts.fields import MomentField, NoteField, SeenCharField
from accounts.lifecycle import StepRefused
from bulletins import tasks
from bulletins.forms import offices_of
from regions.models import Region
from regions.templatetags.places import place_time, thousands


class BulletinDeedForm(DeedForm):
    """Refused when the bulletin is no longer as the officer saw it, which is its state in `seen`."""

    seen = SeenCharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.state

    @property
    def state(self):
        """Changes with what the officer decides on; what was sent is only brought along."""
        return "" if self.row.is_public else self.row.updated_at.isoformat()

    def clean(self):
        facts = super().clean()
        if self.state and facts.get("seen") != self.state:
            self.show_anew(seen=self.state)
            raise forms.ValidationError(_("Informasi ini sudah diubah dari halaman lain. Periksa lagi."))
        return facts

    def show_anew(self, **facts):
        """Let the page that comes back stand for what is so now."""
        self.data = self.data.copy()
        self.data.update({name: str(value) for name, value in facts.items()})


class ToAudience(BulletinDeedForm):
    """A deed that says to how many KIM it goes, and asks again when these became others."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kims = self.row.audience().count()
        self.initial["number"] = self.kims

    @property
    def facts(self):
        regions = ", ".join(region.full_name for region in self.row.regions.all())
        return [
            (_("Penerima"), _("%(number)s KIM") % {"number": thousands(self.kims)}),
            (_("Wilayah tujuan"), regions),
        ]

    def clean(self):
        facts = super().clean()
        if facts.get("number") not in (None, self.kims):
            self.show_anew(number=self.kims)
            raise forms.ValidationError(
                _("Jumlah penerimanya baru saja berubah menjadi %(number)s KIM. Periksa lagi, lalu lanjutkan."),
                params={"number": thousands(self.kims)},
            )
        return facts


class ApproveForm(ToAudience):
    title, button, verb = _("Setujui informasi"), _("Setujui"), "approve"
    done = _("“%(title)s” disetujui. Kirim sekarang, atau jadwalkan.")
    explanation = _("Isi dan penerimanya tidak dapat diubah lagi, kecuali dikembalikan menjadi draf.")


class ReworkForm(BulletinDeedForm):
    title, button, verb = _("Kembalikan menjadi draf"), _("Kembalikan menjadi draf"), "rework"
    done = _("“%(title)s” menjadi draf lagi.")
    explanation = _("Isi dan penerimanya dapat diubah lagi, lalu disetujui lagi.")


class SendForm(ToAudience):
    title, verb = _("Kirim sekarang"), "send"
    explanation = _(
        "Setiap KIM ini dan pengurusnya dikabari, dan semua orang dapat membacanya. Tidak dapat dibatalkan."
    )

    @property
    def button(self):
        said = ngettext("Kirim kepada %(number)s KIM", "Kirim kepada %(number)s KIM", self.kims)
        return said % {"number": thousands(self.kims)}

    def after(self):
        tasks.deliver.enqueue(self.row.pk)

    def told(self):
        facts = {"title": self.row.title, "number": thousands(self.kims)}
        return _("“%(title)s” sedang dikirim kepada %(number)s KIM.") % facts


class ScheduleForm(ToAudience):
    title, button, verb = _("Jadwalkan pengiriman"), _("Jadwalkan"), "schedule"
    explanation = _("Terkirim dengan sendirinya pada waktu itu, kepada KIM yang berdiri saat itu.")
    at = MomentField(label=_("kirim pada"), error_messages={"required": _("Pilih waktunya.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        issuer = self.row.issuer
        self.fields["at"].help_text = _("Waktu setempat (%(zone)s).") % {"zone": issuer.zone_name}
        if self.row.send_at:
            self.initial["at"] = self.row.send_at.astimezone(issuer.zone).replace(tzinfo=None)

    def clean_at(self):
        moment = self.cleaned_data["at"].replace(tzinfo=self.row.issuer.zone)
        try:
            self.row.require_time(moment)
        except StepRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return moment

    def told(self):
        facts = {"title": self.row.title, "moment": place_time(self.row.send_at, self.row.issuer)}
        return _("“%(title)s” terkirim pada %(moment)s.") % facts


class UnscheduleForm(BulletinDeedForm):
    title, button, verb = _("Batalkan jadwal"), _("Batalkan jadwal"), "unschedule"
    done = _("“%(title)s” tidak lagi dijadwalkan.")
    explanation = _("Informasi ini tetap disetujui, tetapi tidak terkirim dengan sendirinya.")


class CloseForm(BulletinDeedForm):
    title, button, verb = _("Tutup informasi"), _("Tutup"), "close"
    done = _("“%(title)s” ditutup.")
    explanation = _("KIM tidak lagi diminta menyebarkannya atau bertanya. Informasi ini tetap dapat dibaca.")


class RecallForm(BulletinDeedForm):
    title, button, verb = _("Tarik informasi"), _("Tarik"), "recall"
    done = _("“%(title)s” ditarik. KIM yang menerimanya sedang dikabari.")
    explanation = _(
        "Untuk informasi yang keliru. Alasannya tampil pada informasi ini dan pada setiap kegiatan yang"
        " meneruskannya, dan semua KIM yang menerimanya dikabari. Tidak dapat dibatalkan."
    )
    note = NoteField(label=_("alasan"), rows=4)
    is_sure = forms.BooleanField(error_messages={"required": _("Centang bila informasi ini benar-benar ditarik.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        facts = {"kims": thousands(self.row.deliveries.count()), "posts": thousands(self.row.posts.published().count())}
        label = _("Ya, tarik dari %(kims)s KIM yang menerimanya dan dari %(posts)s kegiatan yang meneruskannya.")
        self.fields["is_sure"].label = label % facts

    def arguments(self):
        return {"reason": self.cleaned_data["note"]}

    def after(self):
        for key in self.row.follow_ups.filter(told_at=None).values_list("pk", flat=True):
            tasks.follow_up.enqueue(key)


class CopyForm(BulletinDeedForm):
    title, button = _("Salin menjadi draf baru"), _("Salin")
    done = _("Draf baru disalin dari “%(title)s”.")
    explanation = _("Isi, penerima, gambar, dan lampirannya disalin. Yang ini tidak berubah.")
    issuer = forms.ModelChoiceField(None, label=_("wilayah penerbit"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offices = [office.pk for office in offices_of(self.user)]
        self.fields["issuer"].queryset = Region.objects.filter(pk__in=offices)
        self.fields["issuer"].label_from_instance = lambda region: region.full_name
        if len(offices) == 1:
            self.initial["issuer"], self.fields["issuer"].widget = offices[0], forms.HiddenInput()

    @classmethod
    def may(cls, row, user, *, decides):
        return bool(offices_of(user))

    @classmethod
    def is_open(cls, row):
        return True

    @property
    def state(self):
        return ""

    def carry_out(self):
        return self.row.copy(by=self.user, issuer=self.cleaned_data["issuer"])


# By the word in their URL.
DEEDS = {
    "setujui": ApproveForm,
    "kirim": SendForm,
    "jadwalkan": ScheduleForm,
    "batal-jadwal": UnscheduleForm,
    "jadi-draf": ReworkForm,
    "tutup": CloseForm,
    "tarik": RecallForm,
    "salin": CopyForm,
}
