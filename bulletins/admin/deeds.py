"""What an officer does to a bulletin: each deed a page that says what will happen, and a verb of the model."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.fields import MomentField, NoteField
from accounts.lifecycle import StepRefused
from bulletins import tasks
from bulletins.forms import offices_of
from bulletins.models import Bulletin
from pages.twice import DONE_ALREADY, SAME_PAGE
from regions.models import Region
from regions.templatetags.places import place_time, thousands


class DeedForm(forms.Form):
    """One deed; works in the statuses in which its `verb` does. `seen` is the state that the officer looked at."""

    title = button = explanation = done = verb = ""
    # Whether the verb said no.
    is_refused = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, bulletin, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.bulletin, self.user = bulletin, user
        self.initial["seen"] = self.state

    @classmethod
    def is_for(cls, bulletin, user, *, decides):
        return decides and bulletin.status in Bulletin.open_to(cls.verb)

    @property
    def state(self):
        """Changes with what the officer decides on; what was sent is only brought along."""
        return "" if self.bulletin.is_public else self.bulletin.updated_at.isoformat()

    @property
    def facts(self):
        """What the page says before the form: pairs."""
        return []

    def clean(self):
        facts = super().clean()
        if self.state and facts.get("seen") != self.state:
            self.show_anew(seen=self.state)
            raise forms.ValidationError(_("Informasi ini diubah orang lain sejak Anda membukanya. Periksa lagi."))
        return facts

    def show_anew(self, **facts):
        """Let the page that comes back stand for what is so now."""
        self.data = self.data.copy()
        self.data.update({name: str(value) for name, value in facts.items()})

    def carry_out(self):
        """Call the verb; the bulletin to go on with."""
        getattr(self.bulletin, self.verb)(by=self.user)
        return self.bulletin

    def after(self):
        """What the worker is asked for, once it is done."""

    def told(self):
        return self.done % {"title": self.bulletin.title}


class ToAudience(DeedForm):
    """A deed that says to how many KIM it goes, and asks again when these became others."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kims = self.bulletin.audience().count()
        self.initial["number"] = self.kims

    @property
    def facts(self):
        regions = ", ".join(region.full_name for region in self.bulletin.regions.all())
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


class ReworkForm(DeedForm):
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
        tasks.deliver.enqueue(self.bulletin.pk)

    def told(self):
        facts = {"title": self.bulletin.title, "number": thousands(self.kims)}
        return _("“%(title)s” sedang dikirim kepada %(number)s KIM.") % facts


class ScheduleForm(ToAudience):
    title, button, verb = _("Jadwalkan pengiriman"), _("Jadwalkan"), "schedule"
    explanation = _("Terkirim dengan sendirinya pada waktu itu, kepada KIM yang berdiri saat itu.")
    at = MomentField(label=_("kirim pada"), error_messages={"required": _("Pilih waktunya.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        issuer = self.bulletin.issuer
        self.fields["at"].help_text = _("Waktu setempat (%(zone)s).") % {"zone": issuer.zone_name}
        if self.bulletin.send_at:
            self.initial["at"] = self.bulletin.send_at.astimezone(issuer.zone).replace(tzinfo=None)

    def clean_at(self):
        moment = self.cleaned_data["at"].replace(tzinfo=self.bulletin.issuer.zone)
        try:
            self.bulletin.require_time(moment)
        except StepRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return moment

    def carry_out(self):
        self.bulletin.schedule(self.cleaned_data["at"], by=self.user)
        return self.bulletin

    def told(self):
        facts = {"title": self.bulletin.title, "moment": place_time(self.bulletin.send_at, self.bulletin.issuer)}
        return _("“%(title)s” terkirim pada %(moment)s.") % facts


class UnscheduleForm(DeedForm):
    title, button, verb = _("Batalkan jadwal"), _("Batalkan jadwal"), "unschedule"
    done = _("“%(title)s” tidak lagi dijadwalkan.")
    explanation = _("Informasi ini tetap disetujui, tetapi tidak terkirim dengan sendirinya.")


class CloseForm(DeedForm):
    title, button, verb = _("Tutup informasi"), _("Tutup"), "close"
    done = _("“%(title)s” ditutup.")
    explanation = _("KIM tidak lagi diminta menyebarkannya atau bertanya. Informasi ini tetap dapat dibaca.")


class RecallForm(DeedForm):
    title, button, verb = _("Tarik informasi"), _("Tarik"), "recall"
    done = _("“%(title)s” ditarik. KIM yang menerimanya sedang dikabari.")
    explanation = _(
        "Untuk informasi yang keliru. Alasannya tampil pada informasi ini dan pada setiap kegiatan yang"
        " meneruskannya, dan semua KIM yang menerimanya dikabari. Tidak dapat dibatalkan."
    )
    note = NoteField(label=_("alasan"), rows=4)

    def carry_out(self):
        self.bulletin.recall(by=self.user, reason=self.cleaned_data["note"])
        return self.bulletin

    def after(self):
        for key in self.bulletin.follow_ups.filter(told_at=None).values_list("pk", flat=True):
            tasks.follow_up.enqueue(key)


class CopyForm(DeedForm):
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
    def is_for(cls, bulletin, user, *, decides):
        return bool(offices_of(user))

    @property
    def state(self):
        return ""

    def carry_out(self):
        return self.bulletin.copy(by=self.user, issuer=self.cleaned_data["issuer"])


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


def open_deeds(bulletin, user, *, decides):
    """`(word, title)` of what this officer may do to the bulletin as it stands."""
    return [(word, form.title) for word, form in DEEDS.items() if form.is_for(bulletin, user, decides=decides)]


def do(desk, request, pk, word):
    """The page of one deed: what will happen, the form, one button."""
    bulletin = desk.get_object(request, str(pk))
    kind = DEEDS.get(word)
    if kind is None:
        raise Http404
    decides = bulletin.decided_by(request.user)
    if not (decides or (kind is CopyForm and offices_of(request.user))):
        raise PermissionDenied
    form = kind(request.POST or None, bulletin=bulletin, user=request.user)
    is_open, status = kind.is_for(bulletin, request.user, decides=decides), HTTPStatus.OK
    if request.method == "POST":
        if SAME_PAGE.is_again(request):
            messages.info(request, DONE_ALREADY)
            return redirect(bulletin.desk_path)
        if form.is_valid() and (went_on := carried_out(form)):
            messages.success(request, form.told())
            return redirect(went_on.desk_path)
        SAME_PAGE.forget(request)
        bulletin.refresh_from_db()
        status = HTTPStatus.OK if is_open and not form.is_refused else HTTPStatus.CONFLICT
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": form.title,
        "bulletin": bulletin,
        "is_open": kind.is_for(bulletin, request.user, decides=decides),
        "form": form,
    }
    return TemplateResponse(request, "admin/bulletins/deed.html", context, status=status)


def carried_out(form):
    """The bulletin to go on with; None where the verb refused, with why in the form."""
    try:
        with transaction.atomic():
            went_on = form.carry_out()
            form.after()
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        form.is_refused = True
        return None
    return went_on
