"""Photos and papers in an S3 store (`S3_BUCKET`) instead of a folder, handed out as ever: by a view that asks who may.

nginx carries the bytes (`FILES_BY_NGINX`): the view names a signed URL that holds for a minute and that no browser
ever sees.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

# The place in deploy/nginx.conf that leads to the store, for the portal alone.
BY_NGINX = "/_berkas"


def carried(name: str, content_type: str, *, download_as: str = "") -> HttpResponseBase:
    """The stored file of this name as an answer, or as a download; Http404 where it is not there.

    Of a file that nginx carries it is nginx that finds out whether it is there.
    """
    if settings.FILES_BY_NGINX:
        # The store says what it is, in our words: nginx takes its type, with the charset of our answer.
        about = {"ResponseContentType": content_type}
        if download_as:
            about["ResponseContentDisposition"] = content_disposition_header(True, download_as)
        signed = urlsplit(default_storage.url(name, parameters=about))
        by_nginx = {"X-Accel-Redirect": f"{BY_NGINX}{signed.path}?{signed.query}"}
        return HttpResponse(content_type=content_type, headers=by_nginx)
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type=content_type, as_attachment=bool(download_as), filename=download_as)
