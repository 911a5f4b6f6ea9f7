"""What other systems ask and send by Open311: read here, and judged by the very form that people fill in."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.fields import PlaceField
from accounts.typed import only_seen
from aspirations.forms.public import NAME, TITLE, TO_THE_OFFICE, SendForm
from aspirations.models import Aspiration
from aspirations.open311 import MOST, Refused
from pages.said_once import repeated
from regions.clocks import in_utc
from regions.finding import lies_in
from regions.forms import PositionForm
from regions.models import Region

LONGEST = timedelta(days=90)
# Neither who signs it nor how often it was tried makes a report another one.
NOT_SAID = {"api_key", "jurisdiction_id"}


def typed(values, name):
    if sentences := repeated(values, [name]):
        raise Refused(400, sentences[name])
    return only_seen(values.get(name, ""), one_line=True)


def several(values, name):
    """What is given once or more, each with commas."""
    texts = (only_seen(text, one_line=True) for text in values.getlist(name))
    return [word.strip() for text in texts for word in text.split(",") if word.strip()]


def kind_of(code):
    if not code:
        raise Refused(400, _("Tulis service_code: %(codes)s.") % {"codes": ", ".join(Aspiration.Kind.values)})
    if code not in Aspiration.Kind.values:
        raise Refused(404, _("Tidak ada layanan dengan service_code itu."))
    return code


def stretch(values):
    """The moments from which and until which: the last 90 days where nothing is said, and never more than 90."""
    start, end = moment_of(values, "start_date"), moment_of(values, "end_date")
    end = end or (min(start + LONGEST, timezone.now()) if start else timezone.now())
    start = start or end - LONGEST
    if end - start > LONGEST:
        raise Refused(400, _("Antara start_date dan end_date paling lama 90 hari."))
    return start, end


def moment_of(values, name):
    # A plus sign that was not encoded arrives as a blank.
    text = typed(values, name).replace(" ", "+")
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not 2000 <= found.year <= 2100:
        raise Refused(400, _("Tulis %(name)s dengan zona waktu, misalnya 2026-11-29T08:15:00Z.") % {"name": name})
    return in_utc(found)


def asked_for(values, rows):
    """Those of the public rows that a query means, the newest first."""
    if codes := several(values, "service_request_id"):
        rows = rows.filter(code__in=codes[:MOST])
    else:
        rows = rows.filter(published_at__range=stretch(values))
        if kinds := several(values, "service_code"):
            rows = rows.filter(kind__in=[*map(kind_of, kinds)])
        statuses = set(several(values, "status"))
        if statuses - {"open", "closed"}:
            raise Refused(400, _("Untuk status tulis open atau closed."))
        if len(statuses) == 1:
            over = Q(status__in=Aspiration.OVER)
            rows = rows.filter(over if "closed" in statuses else ~over)
    return rows.order_by("-published_at", "-pk")[:MOST]


def report_form(values, client):
    """The public form, filled in with what a system sends; straight to the office, for nobody was asked about a KIM."""
    kind = kind_of(typed(values, "service_code"))
    title, text = title_and_text(values, client.site)
    sender = " ".join(filter(None, [typed(values, "first_name"), typed(values, "last_name")]))
    said = {
        "kind": kind,
        "title": title,
        "text": text,
        "place": place_of(values, client).code,
        "through": TO_THE_OFFICE,
    }
    said |= {
        "sender_name": sender[:NAME],
        "sender_email": typed(values, "email"),
        "sender_phone": typed(values, "phone"),
    }
    return SendForm(said | {"client_uuid": same_for_the_same(values, client)})


def same_for_the_same(values, client):
    """One UUID for the same words of one system, which nobody else can work out: it repeats what got no answer."""
    pairs = sorted((name, tuple(values.getlist(name))) for name in values if name not in NOT_SAID)
    digest = salted_hmac("aspirations.open311", repr((client.pk, pairs)), algorithm="sha256").digest()
    return UUID(bytes=digest[:16])


def title_and_text(values, site):
    """The first line is the title, as FixMyStreet writes it, unless an attribute says another."""
    text = only_seen(values.get("description", "")).strip()
    words, _line, last = text.rpartition("\n")
    if site and words and last.startswith(site):
        text = words.strip()
    title = typed(values, "attribute[title]")
    if title:
        return title, text
    first, _line, rest = text.partition("\n")
    if len(first) > TITLE:
        return shortened(first), text
    return first.strip(), rest.strip() or text


def shortened(line):
    words = line[: TITLE - 1].rpartition(" ")[0] or line[: TITLE - 1]
    return f"{words}…"


def place_of(values, client):
    """By the code of a region, by a position, which is not kept, or by words; within the region of the system."""
    code, address = typed(values, "address_id"), typed(values, "address_string")
    lat, lng = typed(values, "lat"), typed(values, "long")
    if code and (found := Region.objects.current().with_names().filter(code=code).first()):
        near = [found]
    elif lat or lng:
        form = PositionForm({"lat": lat, "lng": lng})
        near = Region.objects.nearest(form.cleaned_data["lat"], form.cleaned_data["lng"]) if form.is_valid() else []
        if not near:
            raise Refused(400, _("Letak lat dan long itu tidak dapat dicocokkan dengan desa di Indonesia."))
    elif address:
        try:
            near = [PlaceField().clean(address)]
        except ValidationError as error:
            raise Refused(400, *error.messages) from None
    else:
        raise Refused(400, _("Tulis tempatnya: lat dan long, address_string, atau address_id."))
    inside = next((place for place in near if lies_in(place, client.region)), None)
    if inside is None:
        raise Refused(400, _("Tempat itu di luar %(region)s.") % {"region": client.region.full_name})
    return inside


def sentences(form):
    """What the form refuses, each with the name of its field."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        yield from (f"{label}: {error}" if label else str(error) for error in errors)
