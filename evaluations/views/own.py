"""A KIM's own scores, for its people: how each came about, what would raise it, objecting, and learning from others."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.lifecycle import StepRefused
from communities.models import Community
from evaluations.facts import FACTS
from evaluations.formula_words import in_words
from evaluations.learning import around, best_around
from evaluations.models import Cycle, Objection, Score
from evaluations.own_forms import ObjectionForm
from evaluations.raising import Gain, nearest_gain
from pages.limits import limited_sending
from pages.reading import require_safe
from pages.twice import DONE_ALREADY, SAME_PAGE

MOST_ROWS = 200


@dataclass(frozen=True)
class Explained:
    """A Line of a score with its formula in words, and the nearest gain."""

    line: object
    formula: str
    gain: Gain | None


def own_community(request, slug):
    """The KIM of this URL for its people; for anyone else it does not exist."""
    own = Community.objects.readable_by(request.user).select_related(
        "seat__district", "seat__regency", "seat__province"
    )
    return get_object_or_404(own.distinct(), slug=slug)


def own_score(request, slug, pk):
    """The score of the own KIM in a cycle, from when KIM may read it; else a 404."""
    community = own_community(request, slug)
    told = Score.objects.told_to_kim().select_related("cycle__region", "cycle__rule_set")
    score = get_object_or_404(told, community=community, cycle=pk)
    score.community = community
    return score


@require_safe
def scores(request, slug):
    """Each evaluation of the KIM that is told, and of those that go on, when it will be."""
    community = own_community(request, slug)
    told = Score.objects.told_to_kim().filter(community=community).select_related("cycle__region")
    going_on = Cycle.objects.filter(around(community), status__in=[Cycle.Status.OPEN, Cycle.Status.COMPUTED])
    context = {
        "community": community,
        "scores": told.order_by("-cycle__year", "-cycle__span", "cycle__region__level").defer("sheet"),
        "going_on": going_on.select_related("region").order_by("-year", "-region__level"),
    }
    return render(request, "evaluations/own_list.html", context)


@require_safe
def score(request, slug, pk):
    """Every number of a score: the facts with their rows, the formula in words, the points, and what would raise it."""
    found = own_score(request, slug, pk)
    facts = found.facts
    lines = [
        Explained(line, in_words(line.indicator.formula), nearest_gain(line, facts, found.cycle))
        for line in found.lines
    ]
    objections = list(Objection.objects.of_kim(found.community).filter(cycle=found.cycle))
    context = {
        "community": found.community,
        "score": found,
        "cycle": found.cycle,
        "number": found.cycle.scores.count(),
        "lines": lines,
        "objections": objections,
        "waits": any(objection.status == Objection.Status.WAITING for objection in objections),
        "is_board": found.community.board.filter(pk=request.user.pk).exists(),
    }
    return render(request, "evaluations/own_score.html", context)


@require_safe
def fact(request, slug, pk, word):
    """The rows behind one number of a score."""
    found = own_score(request, slug, pk)
    if word not in FACTS:
        raise Http404
    rows = FACTS[word].behind(found.cycle.period, found.community)[: MOST_ROWS + 1]
    context = {
        "community": found.community,
        "score": found,
        "cycle": found.cycle,
        "fact": FACTS[word],
        "number": found.facts[word],
        "rows": [FACTS[word].told(row) for row in rows[:MOST_ROWS]],
        "has_more": len(rows) > MOST_ROWS,
    }
    return render(request, "evaluations/own_fact.html", context)


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request, slug, pk):
    """The board objects within the term; whatever refuses it is said beside what was typed."""
    found = own_score(request, slug, pk)
    form = ObjectionForm(request.POST or None, score=found)
    status = HTTPStatus.OK
    if form.is_valid():
        if is_sent(request, form, found):
            return redirect("evaluations:own_score", slug, pk)
        status = HTTPStatus.CONFLICT
    context = {"community": found.community, "score": found, "cycle": found.cycle, "form": form}
    return render(request, "evaluations/own_object.html", context, status=status)


def is_sent(request, form, score):
    """Whether the objection is there, now or by the first of two taps; else the form says why not."""
    if SAME_PAGE.is_again(request):
        messages.info(request, DONE_ALREADY)
        return True
    try:
        Objection.objects.make(score, by=request.user, **form.cleaned_data)
    except StepRefused as refusal:
        SAME_PAGE.forget(request)
        form.add_error("text", str(refusal))
        return False
    messages.success(request, _("Sanggahan terkirim. Jawabannya tampil di halaman ini."))
    return True


def own_objection(request, slug, pk, number):
    """An objection of the own KIM to its score in a cycle; else a 404."""
    found = own_score(request, slug, pk)
    objection = get_object_or_404(Objection.objects.of_kim(found.community).filter(cycle=found.cycle), pk=number)
    objection.cycle, objection.community = found.cycle, found.community
    return found, objection


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
def change_objection(request, slug, pk, number):
    """The board says its objection otherwise while the term runs; whatever refuses it is said beside what was typed."""
    found, objection = own_objection(request, slug, pk, number)
    with transaction.atomic():
        Objection.objects.select_for_update(no_key=True).get(pk=objection.pk)  # of two at once one comes second
        objection.refresh_from_db(fields=["text", "indicator"])
        said = {"text": objection.text, "indicator": objection.indicator_id}
        form = ObjectionForm(request.POST or None, score=found, initial=said)
        status = HTTPStatus.CONFLICT if form.is_written_over else HTTPStatus.OK
        if form.is_valid() and not form.is_written_over:
            try:
                objection.change(by=request.user, **form.cleaned_data)
            except StepRefused as refusal:
                form.add_error("text", str(refusal))
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, _("Sanggahan diubah. Petugas membaca yang terakhir."))
                return redirect("evaluations:own_score", slug, pk)
    return objection_page(request, found, objection, form, status)


@require_POST
def withdraw_objection(request, slug, pk, number):
    """The board takes its objection back while the term runs; else it is said why not."""
    found, objection = own_objection(request, slug, pk, number)
    if SAME_PAGE.is_again(request):
        messages.info(request, DONE_ALREADY)
        return redirect("evaluations:own_score", slug, pk)
    try:
        objection.withdraw(by=request.user)
    except StepRefused as refusal:
        SAME_PAGE.forget(request)
        messages.error(request, str(refusal))
        return objection_page(request, found, objection, None, HTTPStatus.CONFLICT)
    messages.success(request, _("Sanggahan ditarik kembali."))
    return redirect("evaluations:own_score", slug, pk)


def objection_page(request, score, objection, form, status):
    context = {"community": score.community, "score": score, "cycle": score.cycle}
    context |= {"objection": objection, "form": form, "may_be_changed": objection.may_be_changed()}
    return render(request, "evaluations/own_objection.html", context, status=status)


@require_safe
def best(request, slug):
    """The best KIM around in the same fields, by published evaluations alone, with what may be taken up from them."""
    community = own_community(request, slug)
    context = {"community": community, "best": best_around(community), "sectors": community.sectors.all()}
    return render(request, "evaluations/own_best.html", context)
