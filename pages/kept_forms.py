"""Forms that a phone keeps while no answer comes (static/js/kept-forms.js): what it is told of each it sends.

With its fields come `seconds_ago`, when it was filled in, and `writer`, who did where somebody was signed in. Its
`client_uuid` makes the same sending the same row, however often it comes.
"""

from datetime import timedelta

from django.http import JsonResponse
from django.utils import timezone

from pages import limits


def wants_json(request):
    """Whether a script of ours asks, rather than a page."""
    return request.headers.get("Accept") == "application/json"


def is_kept(request):
    """Whether this form comes from the script that keeps it."""
    return request.method == "POST" and wants_json(request)


def sent(path):
    """It is here, now or since an earlier try; what became of it stands at the path."""
    return JsonResponse({"state": "sent", "next": path})


def refused(form, *lines, more=(), photos=(), step=""):
    """The sentences of each field, those of `photos`, and `more` that belong to none; a 429 for what came too often.

    A form that goes on under another `client_uuid` than it came with tells it; where nothing is wrong, but there is
    something to look at first, `step` says what.
    """
    if form.has_error("__all__", limits.TOO_OFTEN_CODE):
        return limits.asked_to_wait(JsonResponse({}))
    errors = errors_of([form, *lines], {"photos": photos, "": more})
    told = {"state": "refused", "errors": errors, "offered": offered_in(form)}
    told |= {"client_uuid": str(form.data.get("client_uuid", ""))}
    return JsonResponse(told | ({"step": str(step)} if step else {}))


def errors_of(forms, more):
    """`{name of the field as it was sent, "" for none: sentences}`, those of `more`, likewise by name, among them."""
    errors = {}
    for one in forms:
        errors |= {one.add_prefix(name) if name != "__all__" else "": words for name, words in one.errors.items()}
    for name, sentences in more.items():
        if sentences:
            errors[name] = [*errors.get(name, []), *map(str, sentences)]
    return errors


def offered_in(form):
    """`{name of the field as it was sent: HTML}` of the choices offered for what was typed there and may be several."""
    asking = {form.add_prefix(name): field.widget for name, field in form.fields.items() if is_asking(field.widget)}
    return {name: widget.offered_html(name) for name, widget in asking.items()}


def is_asking(widget):
    return bool(getattr(widget, "offered", ()))


def filled_in_at(request):
    """When its person pressed the button, by the clock here; now for what does not say."""
    text = request.POST.get("seconds_ago", "")
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return timezone.now() - timedelta(seconds=seconds)
