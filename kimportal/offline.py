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
from django.views.decorators.http import require_safe

# What the page to write on is made of, and the page without a line.
FILES = [
    *["css/tokens.css", "css/site.css", "css/writing.css", "favicon.svg", "icons.svg", "icon-192.png"],
    *["js/theme.js", "js/save-data.js", "js/offline.js", "js/warnings.js"],
    *[
        f"js/{name}.js"
        for name in (
            *(
                "writing",
                "phone-store",
                "draft-store",
                "merge-drafts",
                "send-drafts",
                "photo-list",
                "reduce-photo",
                "orientation",
            ),
            *("field-errors", "toolbar", "words", "suggest", "own-posts", "if-kept"),
        )
    ],
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
    files = [static(name) for name in FILES]
    pages = {}
    for language in ("id", "en"):
        with translation.override(language):
            pages[language] = {"shell": reverse("activities:write_shell"), "offline": reverse("offline")}
    context = {"files": files, "pages": pages, "icon": static("icon-192.png")}
    version = hashlib.sha256(repr(context).encode()).hexdigest()[:12]
    response = render(
        request,
        "kimportal/sw.js",
        {"facts_json": json.dumps(context | {"version": version})},
        content_type="text/javascript",
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@login_not_required
def offline(request):
    return render(request, "kimportal/offline.html")
