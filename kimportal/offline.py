"""The portal as an app on a phone: its name and icons, what it keeps, and the page without a line."""

import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pages.reading import require_safe

# What the pages that open without a line are made of.
SCRIPTS = [
    *["theme", "save-data", "older-browsers", "offline", "warnings", "suggest", "words", "field-errors", "form-pairs"],
    *["phone-store", "phone-line", "reduce-photo", "orientation", "new-uuid", "left-behind"],
    *["writing", "draft-store", "merge-drafts", "send-drafts", "photo-list", "toolbar", "own-posts", "if-kept"],
    *["bring-drafts", "photo-ideas", "write-by-type"],
    *["kept-forms", "kept-form", "waiting-forms", "waiting-list", "opened-bulletins", "pass-on-shell"],
    "send-aspiration",
]
# What its worker asks of them.
WORKER_SCRIPTS = ["older-browsers", "phone-store", "phone-line", "kept-forms"]
FILES = [
    *["css/tokens.css", "css/site.css", "css/writing.css", "favicon.svg", "icons.svg", "icon-192.png"],
    *[f"js/{name}.js" for name in SCRIPTS],
]

# What opens instead of a page that knows the person, where no answer comes: the path, and a page that is the same for
# everyone.
SHELLS = [
    ("/ruang/tulis/([0-9a-f-]{36}/)?", "activities:write_shell"),
    ("/ruang/informasi/kiriman/[0-9]+/sebarkan/", "activities:pass_on_shell"),
    ("/usulan/kirim/", "aspirations:send_shell"),
    ("/belum-terkirim/", "waiting"),
]


@require_safe
@login_not_required
def manifest(request):
    icons = [
        {"src": static(f"icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for side in (192, 512)
        for purpose in ("any", "maskable")
    ]
    shortcuts = [{"name": _("Tulis kegiatan"), "url": reverse("activities:write")}]
    facts = {
        "id": "/",
        "name": _("Portal KIM"),
        "short_name": "KIM",
        "description": _("Kabar dari Komunitas Informasi Masyarakat di seluruh Indonesia."),
        "lang": "id",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#022a5b",
        "icons": icons,
        "shortcuts": shortcuts,
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@require_safe
@login_not_required
def service_worker(request):
    """The script that answers when the network does not; asked for anew each time: a mistake in it is mended."""
    context = {
        "files": [static(name) for name in FILES],
        "scripts": [static(f"js/{name}.js") for name in WORKER_SCRIPTS],
        "shells": [{"pattern": f"^(/en)?{pattern}$", "page": in_each_language(name)} for pattern, name in SHELLS],
        "offline": in_each_language("offline"),
        "icon": static("icon-192.png"),
    }
    version = hashlib.sha256(repr(context).encode()).hexdigest()[:12]
    response = render(
        request,
        "kimportal/sw.js",
        {"facts_json": json.dumps(context | {"version": version})},
        content_type="text/javascript",
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def in_each_language(name):
    """The path of a page, `{language: path}`."""
    paths = {}
    for language in ("id", "en"):
        with translation.override(language):
            paths[language] = reverse(name)
    return paths


@require_safe
@login_not_required
def waiting(request):
    """What waits on this phone to be sent: the same page for everyone, which reads the phone."""
    return render(request, "kimportal/waiting.html")


@require_safe
@login_not_required
def offline(request):
    return render(request, "kimportal/offline.html")
