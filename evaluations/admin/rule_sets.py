"""Rule sets: written as drafts with all their rows, frozen, and copied to a new version."""

from decimal import Decimal

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm
from accounts.scoped_admin import CarefulForm, WordedFormSet
from evaluations.admin.bases import BegunAdmin, WrittenInline
from evaluations.admin.rights import evaluates
from evaluations.facts import FACTS
from evaluations.models import ClassThreshold, Indicator, RuleSet
from evaluations.models.rule_sets import NOT_100, WHOLE
from regions.models import Region


class FreezeForm(DeedForm):
    title, button, verb = _("Bekukan aturan"), _("Bekukan"), "freeze"
    done = _("“%(title)s” dibekukan.")
    explanation = _(
        "Indikator, bobot, dan kelasnya tidak dapat diubah lagi. Untuk perubahan, salin menjadi versi baru."
    )


class CopyForm(DeedForm):
    title, button = _("Salin menjadi versi baru"), _("Salin")
    done = _("“%(title)s” disalin menjadi draf baru.")
    explanation = _("Semua indikator, bobot, dan kelasnya disalin ke draf yang dapat diubah. Yang ini tidak berubah.")
    region = forms.ModelChoiceField(None, label=_("berlaku di wilayah"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = [row.region_id for row in self.user.current_assignments if row.region.level <= Region.Level.REGENCY]
        self.fields["region"].queryset = Region.objects.filter(pk__in=own)
        self.fields["region"].label_from_instance = lambda region: region.full_name
        if len(own) == 1:
            self.initial["region"], self.fields["region"].widget = own[0], forms.HiddenInput()

    @classmethod
    def may(cls, row, user, *, decides):
        return evaluates(user)

    @classmethod
    def is_open(cls, row):
        return True

    def carry_out(self):
        region = self.cleaned_data["region"]
        return self.row.copy(by=self.user, region=None if region.level == Region.Level.NATION else region)


DEEDS = {"bekukan": FreezeForm, "salin": CopyForm}


class WholeFormSet(WordedFormSet):
    """Of indicators: their weights sum to 100."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        total = sum((row["weight"] for row in kept), Decimal(0))
        if total != WHOLE:
            raise forms.ValidationError(NOT_100 % {"sum": total})


class OfRuleSet(WrittenInline):
    """Rows of a rule set: written as long as it is a draft of the own office."""

    scope = "rule_set__region"

    def rows_for(self, user):
        return Q()  # whoever reads a rule set reads all of it

    def may_write(self, user, rules):
        return may_write(user, rules)


class IndicatorInline(OfRuleSet):
    model = Indicator
    formset = WholeFormSet
    extra = 3
    fields = ["position", "word", "label", "formula", "weight", "cap", "explanation"]


class ClassThresholdInline(OfRuleSet):
    model = ClassThreshold
    max_num = len(ClassThreshold.Name)
    extra = 4
    fields = ["name", "least"]


def may_write(user, rules):
    return not rules.is_frozen and rules.decided_by(user)


class RuleSetForm(CarefulForm):
    """Written for a region that the officer evaluates for; `user` is that officer."""

    user = None

    def clean(self):
        super().clean()
        rules = RuleSet(region=self.cleaned_data.get("region"))
        if not self.instance.pk and not rules.decided_by(self.user):
            self.add_error("region", _("Pilih wilayah tugas Anda. Aturan nasional ditulis kementerian."))


@admin.register(RuleSet)
class RuleSetAdmin(BegunAdmin):
    scope = "region"
    form = RuleSetForm
    deeds = DEEDS
    list_display = ["title", "version", "status", "region", "frozen_at"]
    list_filter = ["status"]
    list_select_related = ["region"]
    search_fields = ["title"]
    autocomplete_fields = ["region"]
    fields = ["title", "region", "most_a_day"]
    inlines = [IndicatorInline, ClassThresholdInline]

    def rows_for(self, user):
        """Those of the country and of regions above, too."""
        return Q(pk__in=RuleSet.objects.readable_by(user).values("pk"))

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["region"] if obj else [])]

    def get_changeform_initial_data(self, request):
        place = request.user.place
        is_regional = place and place.level != Region.Level.NATION
        return ({"region": place.pk} if is_regional else {}) | super().get_changeform_initial_data(request)

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff and (obj is None or may_write(request.user, obj))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {"facts": FACTS.values(), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)
