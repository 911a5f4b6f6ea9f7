"""What differs by time and place, as rows that officers write."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.decisions import ReasonedDeed
from accounts.models import ReasonTemplate
from accounts.scoped_admin import EVERYWHERE, CarefulForm, ScopedAdmin
from communities.models import FormationRule, Office, PartnerKind, Sector
from regions.models import Region


@admin.register(PartnerKind, Sector)
class VocabularyAdmin(ScopedAdmin):
    """The words of the whole country: everyone chooses from them, the ministry changes them."""

    scope = EVERYWHERE
    list_display = ["name", "position"]
    prepopulated_fields = {"slug": ["name"]}

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def has_add_permission(self, request, obj=None):
        return request.user.answers_everywhere

    def has_change_permission(self, request, obj=None):
        return request.user.answers_everywhere


class OfRegion(ScopedAdmin):
    """What an office writes for its own region, and everyone below reads: the rules above hold there too."""

    scope = "region"
    list_select_related = ["region"]
    autocomplete_fields = ["region"]

    def get_changeform_initial_data(self, request):
        """Most write for the region they answer for."""
        place = request.user.place
        return ({"region": place.pk} if place else {}) | super().get_changeform_initial_data(request)

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff and (obj is None or writes_for(request.user, obj.region))

    def rows_for(self, user):
        """Own regions, and those above them, to be read."""
        if user.answers_everywhere:
            return Q()
        above = {place.pk for row in user.current_assignments for place in row.region.ancestors}
        return super().rows_for(user) | Q(region__in=above) | Q(region__level=Region.Level.NATION)

    def save_model(self, request, obj, form, change):
        if not writes_for(request.user, obj.region):
            raise PermissionDenied
        super().save_model(request, obj, form, change)


def writes_for(user, region):
    return user.jurisdiction().filter(pk=region.pk).exists()


@admin.register(FormationRule)
class FormationRuleAdmin(OfRegion):
    list_display = ["sentence", "region", "legal_basis", "valid_from", "valid_until"]
    list_filter = ["kind"]
    search_fields = ["legal_basis", "region__name"]
    fields = ["region", "kind", "number", "paper", "job", "legal_basis", "valid_from", "valid_until"]


@admin.register(Office)
class OfficeAdmin(OfRegion):
    list_display = ["name", "region", "valid_from", "valid_until"]
    search_fields = ["name", "region__name"]
    fields = ["region", "name", "valid_from", "valid_until"]


class ReasonTemplateForm(CarefulForm):
    deeds = forms.MultipleChoiceField(
        label=capfirst(_("untuk keputusan")), choices=ReasonedDeed.choices, widget=forms.CheckboxSelectMultiple
    )


@admin.register(ReasonTemplate)
class ReasonTemplateAdmin(OfRegion):
    """Here and not in `accounts`, which knows nothing of an office."""

    form = ReasonTemplateForm
    list_display = ["title", "deed_names", "region"]
    search_fields = ["title"]
    fields = ["region", "title", "deeds", "text"]

    @admin.display(description=_("untuk keputusan"))
    def deed_names(self, template):
        known = [ReasonedDeed.known[deed] for deed in template.deeds if deed in ReasonedDeed.known]
        return ", ".join(str(deed.label) for deed in known)
