"""Coba dahulu: weights on a form that saves nothing, and whom they would move."""

from dataclasses import replace
from decimal import Decimal

from django import forms
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from evaluations import trying
from evaluations.models import Cycle
from evaluations.models.rule_sets import NOT_100, WHOLE
from regions.atlas import FROM_ATLAS


class WeightsForm(forms.Form):
    """A weight for each indicator of the rules, as they are to begin with."""

    def __init__(self, rules, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for row in rules.indicator_list:
            self.fields[row.word] = forms.DecimalField(
                label=row.label, min_value=0, max_value=100, max_digits=5, decimal_places=2, initial=row.weight,
                widget=forms.NumberInput(attrs={"step": "any", "class": "vIntegerField"}),
                error_messages={"required": _("Tulis bobotnya, atau 0.")},
            )  # fmt: skip

    def clean(self):
        weights = super().clean()
        total = sum(weights.values(), Decimal(0))
        if not self.errors and total != WHOLE:
            raise forms.ValidationError(NOT_100 % {"sum": total})
        return weights


def url(desk):
    return path("<int:pk>/coba/", desk.by_desk(show), name="evaluations_cycle_try")


def show(desk, request, pk):
    """Whom the weights in the address would move; without any, the weights as they are."""
    cycle = desk.get_object(request, str(pk))
    juries = Cycle.objects.filter(pk=pk, jurors__user=request.user, jurors__closed_at=None)
    source = None if juries.exists() else trying.source_for(cycle, request.user)
    form = WeightsForm(cycle.rule_set, request.GET or None)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Coba dahulu"),
        "cycle": cycle,
        "source": source,
        "form": form,
        "media": form.media,
    }
    if source and form.is_valid():
        context |= result(trying.moves(cycle, source, form.cleaned_data))
    return TemplateResponse(request, "admin/evaluations/try.html", context)


def result(moves):
    """The moves to show, with their KIM, and how many there are of all."""
    moved = [move for move in moves if move.is_moved]
    shown = moved[: trying.MOST_SHOWN]
    kims = Community.objects.fetch_mode(FROM_ATLAS).in_bulk([move.community for move in shown])
    return {
        "is_tried": True,
        "number": len(moves),
        "moved": len(moved),
        "risen": sum(move.places > 0 for move in moved),
        "fallen": sum(move.places < 0 for move in moved),
        "reclassed": sum(move.old_class != move.new_class for move in moved),
        "moves": [replace(move, community=kims[move.community]) for move in shown],
    }
