"""Two questions of whoever watches the machine, answered before anything that may be broken is touched.

They come by the IP address of the machine, not by the name of the portal, so no Host header is asked for.
"""

from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse, HttpResponseNotAllowed


def probes(get_response):
    def middleware(request):
        probe = PROBES.get(request.path_info)
        if probe is None:
            return get_response(request)
        return probe() if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(["GET", "HEAD"])

    return middleware


def healthz():
    """200 as long as the process answers; neither the database nor the cache is asked."""
    return answer("ok")


def readyz():
    """200 where the database and the cache answer too, else 503 with the names of those that do not."""
    missing = [name for name, ask in NEEDED.items() if not answers(ask)]
    return answer(f"unavailable: {', '.join(missing)}", status=503) if missing else answer("ok")


def ask_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_cache():
    caches["stamps"].get("readyz")


def answers(ask):
    try:
        ask()
    except Exception:  # whatever is broken, the answer is the same
        return False
    return True


def answer(text, **more):
    return HttpResponse(text, content_type="text/plain", headers={"Cache-Control": "no-store"}, **more)


PROBES = {"/healthz": healthz, "/readyz": readyz}
NEEDED = {"database": ask_database, "cache": ask_cache}
