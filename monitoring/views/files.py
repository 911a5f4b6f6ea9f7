"""Numbers of a region as files, and the sentences of a form where no page stands around it."""

import hashlib

from django.http import HttpResponse
from django.utils.http import quote_etag

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "geojson": "application/geo+json"}


def download(content, name, moment):
    """A file whose ETag says what it holds whenever it was made: who has these numbers is sent nothing.

    The `moment` stands in it as ISO 8601 has it, to the second.
    """
    timeless = content.replace(moment.isoformat(timespec="seconds").encode(), b"")
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[name.rpartition(".")[2]],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "ETag": quote_etag(hashlib.sha256(timeless).hexdigest()[:32]),
        },
    )


def refused(form):
    return HttpResponse("\n".join(form.refusals), status=400, content_type="text/plain; charset=utf-8")
