"""What the desks of connections with other systems share: an officer registers one for a region, and switches it."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm, DeedsAdmin
from accounts.duties import WEBHOOKS
from accounts.scoped_admin import CarefulForm

MOST_PER_REGION = 20


class ConnectionForm(CarefulForm):
    """A connection of a region that the `officer` answers for."""

    officer = None

    def clean_region(self):
        region = self.cleaned_data["region"]
        if not self.officer.answers_for(region, WEBHOOKS):
            raise ValidationError(_("Sambungan untuk wilayah ini diurus petugas lain."))
        if self._meta.model.objects.filter(region=region).count() >= MOST_PER_REGION:
            sentence = _("Satu wilayah paling banyak punya %(number)s sambungan.")
            raise ValidationError(sentence, params={"number": MOST_PER_REGION})
        return region


class SwitchOffForm(DeedForm):
    title, button, verb = _("Matikan"), _("Matikan"), "switch_off"
    done = _("%(name)s dimatikan.")

    @classmethod
    def is_open(cls, row):
        return row.is_on


class SwitchOnForm(DeedForm):
    title, button, verb = _("Hidupkan"), _("Hidupkan"), "switch_on"
    done = _("%(name)s dihidupkan.")

    @classmethod
    def is_open(cls, row):
        return not row.is_on


class ConnectionAdmin(DeedsAdmin):
    """The model has a region, `decided_by`, `disabled_at` and `created_by`; its form is a ConnectionForm."""

    scope = "region"
    list_select_related = ["region"]
    autocomplete_fields = ["region"]

    def has_add_permission(self, request, obj=None):
        return bool(self.own_regions(request))

    @staticmethod
    def own_regions(request):
        return [one.region_id for one in request.user.current_assignments if WEBHOOKS in one.duties]

    def get_changeform_initial_data(self, request):
        """The own region is chosen already: without scripts no other can be found in the field."""
        return {"region": next(iter(self.own_regions(request)), None), **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request, obj=None):
        return bool(obj and obj.decided_by(request.user))

    def get_readonly_fields(self, request, obj=None):
        own = ["region", "disabled_at", "created_by", "deed_links"] if obj else []
        return [*super().get_readonly_fields(request, obj), *own]

    def get_fields(self, request, obj=None):
        return [*self.fields, "disabled_at", "created_by", "deed_links"] if obj else self.fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.officer = request.user
        return form

    def store(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().store(request, obj, form, change)

    @admin.display(description=_("tindakan"))
    def deed_links(self, row):
        return links(self, row, self.deeds)


def links(desk, row, deeds):
    """The pages of what may be done to the row as it stands."""
    name = f"admin:{desk.opts.app_label}_{desk.opts.model_name}_deed"
    found = [(reverse(name, args=[row.pk, word]), form.title) for word, form in deeds.items() if form.is_open(row)]
    return format_html(" · ".join(['<a href="{}">{}</a>'] * len(found)), *sum(found, ())) if found else "–"
