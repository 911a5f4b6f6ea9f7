"""The page about open data, and the files of all rows."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _

from pages import freshness
from pages.limits import is_over, refusal
from pages.reading import require_safe

NAMES = {
    "regions": _("Wilayah"),
    "kim": _("KIM"),
    "posts": _("Kegiatan"),
    "aspirations": _("Usulan warga"),
    "bulletins": _("Informasi pemerintah"),
}
TYPES = {"csv": "CSV", "jsonl": "JSON Lines"}


@require_safe
@login_not_required
def page(request):
    # Loaded with the first page about them, as the API is.
    from kimportal.dumps import DUMPS
    from pages.open_data.answers import resource_licence
    from pages.open_data.dumps import FORMATS

    freshness.follow(request)
    found = [(name, dump, dump.made()) for name, dump in DUMPS.items()]
    files = [
        {"name": name, "label": NAMES[name], "made": made, "licence": resource_licence(dump.resource)}
        for name, dump, made in found
        if made
    ]
    for row in files:
        row["formats"] = [(format, TYPES[format], row["made"].files[format].size) for format in FORMATS]
    return render(request, "kimportal/open_data.html", {"files": files})


@require_safe
@login_not_required
def file(request, name, format):
    from kimportal.dumps import DUMPS
    from pages.open_data.dumps import FORMATS

    if is_over("dump", request):
        return refusal(request)
    dump = DUMPS.get(name)
    made = dump and dump.made()
    if not made or format not in FORMATS:
        raise Http404
    gone = dump.taken_off(made)
    tag = quote_etag(hashlib.sha256(repr((made.at, format, sorted(gone))).encode()).hexdigest()[:32])
    return get_conditional_response(request, etag=tag) or whole(request, dump, made, format, gone, tag)


def whole(request, dump, made, format, gone, tag):
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # it is packed already
    response = StreamingHttpResponse(dump.read(made, format, gone), content_type="application/gzip")
    response.headers["Content-Disposition"] = f'attachment; filename="{dump.name}.{format}.gz"'
    response.headers["ETag"] = tag
    # Whoever keeps it asks each time whether it still holds: what was taken off is gone at once.
    response.headers["Cache-Control"] = "private, no-cache"
    if not gone:
        response.headers["Content-Length"] = str(made.files[format].size)
    return response
