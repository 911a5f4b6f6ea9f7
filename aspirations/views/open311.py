"""Open311 GeoReport v2: what other systems read of a region's aspirations, and send, once its officer lets them."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db.models import Prefetch
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from aspirations import open311
from aspirations.forms.open311 import asked_for, kind_of, report_form, sentences, stretch, typed
from aspirations.models import Aspiration, AspirationPhoto, AspirationStep, Open311Client, WaitingPhoto
from aspirations.open311 import MOST, Refused
from aspirations.views.sending import keep_photos
from pages import limits


def answering(*methods):
    """A decorator: the view returns a name and its content, or raises Refused; said in the format asked for."""

    def decorator(view):
        @csrf_exempt
        @login_not_required
        @never_cache
        @wraps(view)
        def answered(request, format, **named):
            try:
                if request.method not in methods:
                    raise Refused(405, _("Alamat ini tidak menerima %(method)s.") % {"method": request.method})
                if limits.is_over("data", request):
                    raise Refused(429, _("Terlalu sering. Tunggu sebentar, lalu coba lagi."))
                return open311.answer(format, *view(request, **named))
            except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
                return open311.refusal(format, Refused(400, _("Kiriman ini terlalu besar.")))
            except MultiPartParserError:
                return open311.refusal(format, Refused(400, _("Kiriman ini tidak dapat dibaca.")))
            except Refused as refused:
                response = open311.refusal(format, refused)
                return limits.asked_to_wait(response) if refused.status == 429 else response

        return answered

    return decorator


def region_of(values):
    """The region that is asked about, if it is open; without `jurisdiction_id` the only one that is."""
    code = typed(values, "jurisdiction_id")
    found = Open311Client.objects.regions(code)
    if not found:
        raise Refused(404, _("Open311 belum dibuka untuk wilayah ini."))
    if len(found) > 1:
        raise Refused(400, _("Tulis jurisdiction_id: kode wilayah resmi, misalnya 64.02."))
    return found[0]


def public_rows(region):
    shown = Prefetch("photos", AspirationPhoto.objects.filter(is_hidden=False), to_attr="shown_photos")
    return Aspiration.objects.public().within(region).for_list().prefetch_related(shown)


@answering("GET", "HEAD")
def discovery(request):
    if not Open311Client.objects.regions():
        raise Refused(404, _("Open311 belum dibuka untuk wilayah ini."))
    return "discovery", open311.discovery()


@answering("GET", "HEAD")
def services(request):
    region_of(request.GET)
    return "services", [open311.service(kind) for kind in Aspiration.Kind.values]


@answering("GET", "HEAD")
def service(request, code):
    region_of(request.GET)
    return "service_definition", open311.definition(kind_of(code))


@answering("GET", "HEAD", "POST")
def requests(request):
    if request.method == "POST":
        return "service_requests", [taken_in(request)]
    rows = asked_for(request.GET, public_rows(region_of(request.GET)))
    return "service_requests", [open311.request_record(row) for row in rows]


@answering("GET", "HEAD")
def one(request, code):
    row = public_rows(region_of(request.GET)).filter(code=code).first()
    if row is None:
        raise Refused(404, _("Laporan itu tidak ada, atau tidak tampil untuk umum."))
    return "service_requests", [open311.request_record(row)]


@answering("GET", "HEAD")
def token(request, code):
    """Each report has its number at once; who asks for it by that number gets it again, once everyone may read it."""
    if not public_rows(region_of(request.GET)).filter(code=code).exists():
        raise Refused(404, _("Laporan itu tidak ada, atau tidak tampil untuk umum."))
    return "service_requests", [{"service_request_id": code, "token": code}]


@answering("GET", "HEAD")
def updates(request):
    """What FixMyStreet asks every few minutes: the public steps of a stretch of time, the oldest first."""
    public = Aspiration.objects.public().within(region_of(request.GET))
    steps = AspirationStep.objects.public().filter(aspiration__in=public, at__range=stretch(request.GET))
    found = steps.select_related("aspiration").order_by("at", "pk")[:MOST]
    return "service_request_updates", [open311.update_record(step) for step in found]


def taken_in(request):
    """Make it an aspiration by the rules of the form; what is refused says why."""
    if not limits.may_send(request, "aspiration"):
        raise Refused(429, _("Terlalu sering. Tunggu sebentar, lalu coba lagi."))
    client = Open311Client.objects.by_key(typed(request.POST, "api_key"))
    if client is None:
        raise Refused(403, _("Kunci (api_key) tidak ada atau tidak berlaku."))
    if typed(request.POST, "jurisdiction_id") not in ("", client.region.code):
        raise Refused(404, _("Kunci ini untuk %(region)s.") % {"region": client.region.full_name})
    form = report_form(request.POST, client)
    if not form.is_valid():
        raise Refused(400, *sentences(form))
    row = client.send(**form.facts(), waiting=photos_of(request, form.cleaned_data["client_uuid"]))
    WaitingPhoto.objects.of(form.cleaned_data["client_uuid"]).drop()
    return {"service_request_id": row.code, "service_notice": notice(row), "account_id": None}


def photos_of(request, client_uuid):
    """The photos that came with it, under whatever name, as the form keeps them; they have some of our words."""
    files = [file for name in request.FILES for file in request.FILES.getlist(name)]
    WaitingPhoto.objects.of(client_uuid).drop()
    if refusals := keep_photos(client_uuid, files):
        WaitingPhoto.objects.of(client_uuid).drop()
        raise Refused(400, *refusals)
    return [(photo, _("Foto dari pengirim")) for photo in WaitingPhoto.objects.of(client_uuid)]


def notice(row):
    if row.status == Aspiration.Status.HELD:
        return _("Petugas membacanya dahulu sebelum tampil untuk umum.")
    return _("Kini di %(holder)s.") % {"holder": row.holder_label}
