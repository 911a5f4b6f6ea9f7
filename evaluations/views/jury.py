"""A juror at work: the KIM of a cycle by name, marks for each, and closing them. Nothing here knows computed scores."""

from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.lifecycle import StepRefused
from evaluations.filters import JuryFilter
from evaluations.forms import MarksForm
from pages.paging import KeysetPage
from pages.reading import require_safe


def own_jury(request, pk):
    juries = request.user.juries.select_related("cycle__region", "user").exclude(cycle__status="planned")
    return get_object_or_404(juries, cycle=pk)


@require_safe
def kims(request, pk):
    juror = own_jury(request, pk)
    chosen = JuryFilter(request.GET, queryset=juror.kims())
    context = {
        "juror": juror,
        "filter": chosen,
        "page": KeysetPage(chosen.qs, request.GET, order="name"),
        "judged": juror.judged_number,
        "has_criteria": juror.cycle.criteria.exists(),
    }
    return render(request, "evaluations/jury.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request, pk, slug):
    juror = own_jury(request, pk)
    community = get_object_or_404(juror.kims(), slug=slug)
    form = MarksForm(request.POST or None, criteria=juror.cycle.criteria.all(), given=juror.given_to(community))
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            juror.judge(community, form.marks)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("Nilai untuk %(name)s tersimpan.") % {"name": community.name})
            return redirect(juror.path)
    context = {"juror": juror, "community": community, "form": form}
    return render(request, "evaluations/judge.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request, pk):
    juror = own_jury(request, pk)
    if request.method == "POST":
        try:
            juror.close()
        except StepRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Penilaian Anda ditutup. Terima kasih."))
        return redirect(juror.path)
    return render(request, "evaluations/jury_close.html", {"juror": juror, "judged": juror.judged_number})
