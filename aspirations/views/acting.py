"""How a page with a form for each deed takes one of them: the desk, the room of a KIM, the page of an OPD."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from aspirations.models import StepRefused
from pages.twice import DONE_ALREADY, SAME_WORDS


def sent_form(request, row, deeds):
    """The form that was sent, of these; 404 for any other word."""
    form_class = next((form for form in deeds if form.word == request.POST.get("deed")), None)
    if form_class is None:
        raise Http404
    form = form_class(request.POST, row=row)
    form.answer_status = HTTPStatus.OK if form_class.is_open(row) else HTTPStatus.CONFLICT
    return form


def carried_out(request, form, do=None, **who):
    """Whether the deed of a valid form is done; sent twice it is done once. If not, the form says why.

    The desk has another way to `do` it, which says whether the deed waits: the page tells of what does.
    """
    if SAME_WORDS.is_again(request):
        messages.info(request, DONE_ALREADY)
        return True
    try:
        waits = (do or form.carry_out)(**who)
    except StepRefused as refusal:
        SAME_WORDS.forget(request)
        form.add_error(None, str(refusal))
        form.row.refresh_from_db()
        form.answer_status = HTTPStatus.CONFLICT
        return False
    if not waits:
        messages.success(request, _("%(deed)s: %(title)s") % {"deed": form.done, "title": form.row})
    return True


def forms_of(row, deeds, sent=None, initial=None):
    """A form for each deed that is open now, the one that was sent as it was sent; `initial` by class."""
    initial = initial or {}
    made = []
    for deed in deeds:
        if not deed.is_open(row):
            continue
        is_sent = sent is not None and isinstance(sent, deed)
        made.append(sent if is_sent else deed(row=row, **({"initial": initial[deed]} if deed in initial else {})))
    return made
