"""The filter of the desk's lists by days: `?dari=2026-08-01&sampai=2026-08-31`, both included."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField
from pages.spans import InOrder
from regions.clocks import beginning

WRITTEN = {"invalid": _("Tulis tanggalnya, misalnya 2026-08-17.")}


class DaysForm(InOrder, forms.Form):
    dari = DayField(label=_("dari"), required=False, error_messages=WRITTEN)
    sampai = DayField(label=_("sampai"), required=False, error_messages=WRITTEN)


class DayFilter(admin.ListFilter):
    """Of the moments of `column`, by the clock of the officer; what is not understood finds nothing and says so."""

    title = _("hari")
    template = "admin/day_filter.html"
    parameter_name = "dari"
    column = "at"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        names = [name for name in self.expected_parameters() if name in params]
        self.used_parameters = {name: params.pop(name)[-1] for name in names}
        self.form = DaysForm(self.used_parameters or None, auto_id="days-%s")

    def has_output(self):
        return True

    def expected_parameters(self):
        return ["dari", "sampai"]

    def choices(self, changelist):
        """What else is chosen, to be asked again with the days."""
        own = self.expected_parameters()
        return [{"name": name, "value": value} for name, value in changelist.params.items() if name not in own]

    def queryset(self, request, queryset):
        if not self.form.is_bound:
            return queryset
        if not self.form.is_valid():
            return queryset.none()
        first, last = (self.form.cleaned_data[name] for name in self.expected_parameters())
        place = request.user.place
        if first:
            queryset = queryset.filter(**{f"{self.column}__gte": beginning(first, place)})
        if last:
            queryset = queryset.filter(**{f"{self.column}__lt": beginning(last + timedelta(days=1), place)})
        return queryset
