"""Which answers may be kept by others than the person who asked."""

from pages import patience


def is_for_everyone(request, response):
    """Whether anyone may keep this answer: it comes from a page that never read who asks, and it is finished.

    A view that is not marked `@login_not_required` counts as one that knows the person.
    """
    view = request.resolver_match.func if request.resolver_match else None
    return (
        request.method in ("GET", "HEAD")
        and response.status_code in (200, 301, 304, 404, 410)
        and not getattr(view, "login_required", True)
        and not response.cookies
        and not patience.ran_out()
        and "cookie" not in response.get("Vary", "").lower()
    )
