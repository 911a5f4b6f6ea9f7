"""The scores of a cycle, beside them what the jury thinks, and of one KIM every number with the rows behind it."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Avg, OuterRef, Subquery
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm, DeedsAdmin, open_deeds
from accounts.typed import is_key
from evaluations.facts import FACTS
from evaluations.models import Cycle, JuryScore, Score, Selection
from regions.atlas import FROM_ATLAS

MOST_ROWS = 500


class PutForwardForm(DeedForm):
    title, button = _("Ajukan ke tingkat berikutnya"), _("Ajukan")
    done = _("%(name)s diajukan.")
    explanation = _("Petugas evaluasi di tingkat berikutnya memutuskan apakah KIM ini ikut di sana.")

    @classmethod
    def is_open(cls, row):
        return row.may_be_put_forward

    def carry_out(self):
        Selection.objects.put_forward(self.row, by=self.user)
        return self.row

    def told(self):
        return self.done % {"name": self.row.community}


@admin.register(Score)
class ScoreAdmin(DeedsAdmin):
    is_record = True
    scope = "community__seat"
    deeds = {"ajukan": PutForwardForm}
    list_display = ["rank", "community", "total", "class_name", "jury_mean", "cycle"]
    list_display_links = ["community"]
    list_filter = ["class_name"]
    more_lookups = ["cycle"]
    list_select_related = ["community", "cycle__region", "cycle__rule_set"]
    search_fields = ["community__name"]
    ordering = ["-cycle__year", "cycle", "rank", "pk"]

    def get_urls(self):
        name = "evaluations_score_fact"
        return [path("<int:pk>/fakta/<slug:word>/", self.by_desk(fact), name=name), *super().get_urls()]

    def get_queryset(self, request):
        """Nothing of a cycle that this officer judges as a juror and has not closed the own marks of."""
        marks = JuryScore.objects.filter(juror__cycle=OuterRef("cycle"), community=OuterRef("community"))
        means = marks.filter(juror__closed_at__isnull=False).order_by().values("community").annotate(mean=Avg("marks"))
        rows = super().get_queryset(request).seen_by(request.user).fetch_mode(FROM_ATLAS)
        return rows.annotate(jury=Subquery(means.values("mean")))

    def changelist_view(self, request, extra_context=None):
        """With the pages of the cycle that is asked for."""
        asked = request.GET.get("cycle", "")
        cycles = Cycle.objects.filter(pk=asked if is_key(asked) else 0).select_related("region")
        context = {"cycle": cycles.filter(region__in=request.user.jurisdiction()).first()}
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description=_("juri"), ordering="jury")
    def jury_mean(self, score):
        return "–" if score.jury is None else round(score.jury, 2)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        score = self.get_object(request, object_id)
        if request.method == "POST":  # nobody writes a score
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": score.community.name,
            "score": score,
            "cycle": score.cycle,
            "lines": score.lines,
            "others": score.other_facts,
            "deeds": open_deeds(self.deeds, score, request.user, decides=score.decided_by(request.user)),
            "selections": score.cycle.selections.filter(community=score.community).select_related("to_region"),
        }
        return TemplateResponse(request, "admin/evaluations/score.html", context)


def fact(desk, request, pk, word):
    """The rows behind one number of one KIM."""
    score = desk.get_object(request, str(pk))
    if word not in FACTS:
        raise Http404
    found = FACTS[word]
    rows = found.behind(score.cycle.period, score.community)[: MOST_ROWS + 1]
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": found.label,
        "score": score,
        "cycle": score.cycle,
        "fact": found,
        "number": score.facts[word],
        "rows": [found.told(row) for row in rows[:MOST_ROWS]],
        "has_more": len(rows) > MOST_ROWS,
    }
    return TemplateResponse(request, "admin/evaluations/fact.html", context)
