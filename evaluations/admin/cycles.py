"""Cycles: planned, opened, computed, objected to, frozen and published, each step a page that says what will happen."""

from django import forms
from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm
from accounts.models import User
from accounts.scoped_admin import CarefulForm, WordedFormSet
from evaluations import tasks
from evaluations.admin import sheets, trying_weights
from evaluations.admin.bases import BegunAdmin, WrittenInline
from evaluations.admin.rights import evaluates
from evaluations.models import Criterion, Cycle, Juror, RuleSet
from evaluations.models.juries import AT_WORK, may_know_scores
from regions.atlas import FROM_ATLAS
from regions.templatetags.places import place_date, thousands

LISTED = 10


class CycleDeedForm(DeedForm):
    @property
    def facts(self):
        return [
            (_("Aturan"), self.row.rule_set),
            (_("KIM yang dinilai"), thousands(self.row.kims().count())),
        ]


class OpenForm(CycleDeedForm):
    title, button, verb = _("Buka evaluasi"), _("Buka"), "open"
    done = _("%(name)s dibuka.")
    explanation = _("KIM dinilai dengan aturan ini. Aturannya dibekukan bila masih draf, dan tidak dapat diganti lagi.")


class ComputeForm(CycleDeedForm):
    title, button, verb = _("Hitung nilai"), _("Hitung"), "ask_to_compute"
    done = _("Nilai %(name)s sedang dihitung. Muat ulang halaman ini sebentar lagi.")
    explanation = _("Semua nilai dihitung dari kegiatan KIM. Boleh diulang; data yang sama memberi nilai yang sama.")

    @classmethod
    def is_open(cls, row):
        return row.status in row.COMPUTABLE and not row.is_computing

    def after(self):
        tasks.compute.enqueue(self.row.pk)


class ObjectionsForm(CycleDeedForm):
    title, button, verb = _("Buka masa sanggah"), _("Buka masa sanggah"), "open_objections"
    done = _("Masa sanggah %(name)s dimulai.")
    explanation = _("Setiap KIM membaca nilainya dan dapat menyanggah. Nilai juri yang belum ditutup ikut ditutup.")

    @property
    def facts(self):
        return [*super().facts, (_("Lama masa sanggah"), _("%(days)s hari") % {"days": self.row.objection_days})]


class FreezeForm(CycleDeedForm):
    title, button, verb = _("Bekukan nilai"), _("Bekukan"), "freeze"
    done = _("Nilai %(name)s dibekukan.")
    explanation = _("Nilai, peringkat, dan kelas tidak dapat diubah lagi.")

    @property
    def facts(self):
        waiting = self.row.objections.waiting().count()
        return [
            (_("Sanggahan sampai"), place_date(self.row.objections_until)),
            (_("Sanggahan yang belum dijawab"), thousands(waiting)),
        ]


class PublishForm(CycleDeedForm):
    title, button, verb = _("Umumkan hasil"), _("Umumkan"), "publish"
    done = _("Hasil %(name)s diumumkan.")
    explanation = _("Semua orang membaca peringkat dan kelas setiap KIM. Tidak dapat dibatalkan.")


DEEDS = {
    "buka": OpenForm,
    "hitung": ComputeForm,
    "masa-sanggah": ObjectionsForm,
    "bekukan": FreezeForm,
    "umumkan": PublishForm,
}


class CycleForm(CarefulForm):
    """Planned for a region that the officer evaluates for; `user` is that officer."""

    user = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "rule_set" in self.fields:
            self.fields["rule_set"].queryset = RuleSet.objects.readable_by(self.user).newest()

    def clean(self):
        super().clean()
        region = self.cleaned_data.get("region")
        if region and not Cycle(region=region).decided_by(self.user):
            self.add_error("region", _("Pilih wilayah yang evaluasinya Anda jalankan."))


class OfCycle(WrittenInline):
    """What a jury needs: written until the jury is at work no more."""

    scope = "cycle__region"

    def may_write(self, user, cycle):
        return may_name_jury(user, cycle)


def may_name_jury(user, cycle):
    return cycle.status in [Cycle.Status.PLANNED, *AT_WORK] and cycle.decided_by(user)


class CriterionInline(OfCycle):
    model = Criterion
    extra = 2
    fields = ["position", "label", "explanation"]


class JurorForm(forms.ModelForm):
    """The person is named by e-mail address: a list would tell who has an account."""

    email = forms.EmailField(label=capfirst(_("surel juri")), help_text=_("Surel akun orang itu di portal ini."))

    class Meta:
        model = Juror
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["email"].disabled, self.initial["email"] = True, self.instance.user.email

    def clean_email(self):
        email = self.cleaned_data["email"]
        confirmed = {"emailaddress__email__iexact": email, "emailaddress__verified": True}
        user = self.instance.user if self.instance.pk else User.objects.filter(is_active=True, **confirmed).first()
        if user is None:
            raise forms.ValidationError(_("Belum ada akun dengan surel ini. Mintalah orang itu mendaftar dahulu."))
        if not self.instance.pk and self.instance.cycle_id and may_know_scores(user, self.instance.cycle):
            raise forms.ValidationError(_("Petugas ini sudah dapat membaca nilai yang dihitung. Pilih orang lain."))
        self.instance.user = user
        return email


class JurorFormSet(WordedFormSet):
    """Nobody is named twice."""

    def clean(self):
        super().clean()
        filled = (form for form in self.forms if getattr(form, "cleaned_data", None))
        kept = [form.instance.user_id for form in filled if not form.cleaned_data.get("DELETE")]
        if len(kept) != len(set(kept)):
            raise forms.ValidationError(_("Orang ini sudah menjadi juri."))


class JurorInline(OfCycle):
    model = Juror
    form = JurorForm
    formset = JurorFormSet
    extra = 2
    fields = ["email", "closed_at"]

    def get_fields(self, request, obj=None):
        """To who only reads the row says its name, and no e-mail address."""
        return self.fields if self.writes(request, obj) else ["closed_at"]


@admin.register(Cycle)
class CycleAdmin(BegunAdmin):
    is_record = True
    scope = "region"
    form = CycleForm
    deeds = DEEDS
    list_display = ["__str__", "status", "rule_set", "objections_until"]
    list_filter = ["status", "year"]
    list_select_related = ["region", "rule_set"]
    search_fields = ["region__name"]
    autocomplete_fields = ["region"]
    fields = ["region", "year", "span", "rule_set", "objection_days"]
    inlines = [CriterionInline, JurorInline]

    def get_urls(self):
        return [
            trying_weights.url(self),
            *sheets.urls(self),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).fetch_mode(FROM_ATLAS)

    def get_readonly_fields(self, request, obj=None):
        fixed = ["region", "year", "span"] if obj else []
        if obj and obj.status != Cycle.Status.PLANNED:
            fixed += ["rule_set", "objection_days"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff and (obj is None or may_name_jury(request.user, obj))

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            if isinstance(row, Juror):
                row.greet()

    def beside(self, request, row):
        has_sheet = row.has_sheet and not row.is_hidden_from(request.user)
        return {"cycle": row, "steps": row.steps.select_related("by"), "has_sheet": has_sheet}

    def desk_panel(self, request):
        """The cycles of the own regions that are under way; nothing for who does not evaluate."""
        if not evaluates(request.user):
            return None
        under_way = self.get_queryset(request).exclude(status=Cycle.Status.PUBLISHED).select_related("region")
        return {"template": "admin/evaluations/_work.html", "cycles": under_way[:LISTED]}
