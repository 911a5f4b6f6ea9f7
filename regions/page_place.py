"""Which place a page is about: what stands on top of every page of that place stands on it (templates/base.html)."""


def set_page_place(request, place):
    """Declare the region that the page is about; None where nobody chose one, which is the whole country."""
    request.page_place = place


def page_place(request):
    return getattr(request, "page_place", None)
