"""Aspirations as Open311 GeoReport v2 writes them: services, requests, updates, refusals; in JSON and in XML.

https://wiki.open311.org/GeoReport_v2, and the updates of https://github.com/mysociety/fixmystreet/wiki. Nothing leaves
but what the public page of an aspiration shows; where it is, is told by the point of its village, never nearer.
"""

from datetime import UTC
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from aspirations.models import Aspiration
from pages.printable import printable

Status, Outcome = Aspiration.Status, Aspiration.Outcome
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-29T00:00:00Z"
MOST = 1000
MOST_LETTERS = 4000
DESCRIPTIONS = {
    "usulan": _("Sesuatu yang diharapkan ada atau diperbaiki di lingkungan."),
    "pengaduan": _("Sesuatu yang tidak beres dan perlu ditangani."),
    "permintaan": _("Pertanyaan atau permintaan informasi kepada pemerintah."),
}
# What each thing in a list is called, in XML.
ITEMS = {
    "services": "service",
    "attributes": "attribute",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
# FixMyStreet tells people of a plain "closed" that it was repaired, so what ended otherwise has a word that says so.
ENDED = {
    Outcome.DONE: "FIXED",
    Outcome.INFORMED: "FIXED",
    Outcome.PLANNED: "ACTION_SCHEDULED",
}
UPDATE_STATUSES = {
    Status.ACCEPTED: "INVESTIGATING",
    Status.ASSIGNED: "INVESTIGATING",
    Status.IN_PROGRESS: "IN_PROGRESS",
    Status.DUPLICATE: "DUPLICATE",
    Status.REJECTED: "NO_FURTHER_ACTION",
}


class Refused(Exception):
    """Why there is no answer: the status, and a sentence for each thing that is wrong."""

    def __init__(self, status, *sentences):
        super().__init__(status, *sentences)
        self.status, self.sentences = status, sentences


def discovery():
    root = settings.SITE_URL + reverse("open311:services", args=["xml"]).removesuffix("/services.xml")
    formats = ["text/xml", "application/json"]
    facts = {"specification": SPECIFICATION, "url": root, "changeset": CHANGESET, "type": "production"}
    contact = settings.SITE_URL + reverse("about")
    endpoints = [facts | {"formats": formats}]
    return {"changeset": CHANGESET, "contact": contact, "key_service": contact, "endpoints": endpoints}


def service(kind):
    """A kind of aspiration; `metadata` is false, so nobody is asked for more than the words and the place."""
    name = capfirst(str(Aspiration.Kind(kind).label))
    facts = {"service_code": kind, "service_name": name, "description": str(DESCRIPTIONS[kind])}
    return facts | {"metadata": False, "type": "realtime", "keywords": "", "group": ""}


def definition(kind):
    return {"service_code": kind, "attributes": []}


def request_record(row):
    """One of `Aspiration.objects.public().for_list()`, its photos that are shown in `shown_photos`."""
    place, name = row.place, capfirst(str(row.get_kind_display()))
    ended = row.is_over and row.closed_at
    return {
        "service_request_id": row.code,
        "status": "closed" if row.is_over else "open",
        "status_notes": notes(row),
        "service_name": name,
        "service_code": row.kind,
        "description": f"{row.title}\n\n{row.text}"[:MOST_LETTERS],
        "agency_responsible": row.agency.name if row.agency else row.office.full_name,
        "service_notice": settings.SITE_URL + row.get_absolute_url(),
        "requested_datetime": moment(row.published_at),
        "updated_datetime": moment(ended or row.updated_at),
        "address": place.long_name,
        "address_id": place.code,
        "zipcode": None,
        "lat": number(place.lat),
        "long": number(place.lng),
        "media_url": settings.SITE_URL + row.shown_photos[0].url("1280.webp") if row.shown_photos else None,
    }


def notes(row):
    words = [capfirst(str(row.get_status_display())), str(row.get_outcome_display()), row.answer]
    return "\n".join(filter(None, words))


def update_record(step):
    """A public step of a public aspiration."""
    row, answered = step.aspiration, step.to in (Status.ANSWERED, Status.CLOSED)
    words = [capfirst(str(step.get_deed_display())), step.note, row.answer if step.deed == "give_answer" else ""]
    ended = ENDED.get(row.outcome, "NO_FURTHER_ACTION")
    return {
        "update_id": step.pk,
        "service_request_id": row.code,
        "status": ended if answered else UPDATE_STATUSES.get(step.to, "OPEN"),
        "updated_datetime": moment(step.at),
        # The note of an answer is the answer.
        "description": "\n".join(dict.fromkeys(filter(None, words))),
        "media_url": None,
    }


def moment(at):
    """As clients compare them letter by letter: UTC, whole seconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def number(value):
    return None if value is None else float(value)


def answer(form, root, content, status=200):
    """`content`, a list or a dictionary, under the name `root`: which JSON leaves out."""
    if form == "json":
        facts = {"safe": False, "json_dumps_params": {"ensure_ascii": False}}
        return JsonResponse(content, status=status, content_type="application/json; charset=utf-8", **facts)
    text = ElementTree.tostring(element(root, content), "utf-8", xml_declaration=True, short_empty_elements=False)
    return HttpResponse(text, status=status, content_type="text/xml; charset=utf-8")


def refusal(form, refused):
    return answer(
        form, "errors", [{"code": refused.status, "description": str(one)} for one in refused.sentences], refused.status
    )


def element(name, content):
    made = ElementTree.Element(name)
    if isinstance(content, dict):
        made.extend(element(*pair) for pair in content.items())
    elif isinstance(content, list):
        made.extend(element(ITEMS[name], one) for one in content)
    elif isinstance(content, bool):
        made.text = str(content).lower()
    elif content is not None:
        made.text = printable(content)
    return made
