"""A KIM's side of government information."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bulletins.models import Delivery
from pages.markup import render_markup


@require_safe
def read(request, pk):
    """One bulletin, for the people of a KIM that it came to; with that it is opened."""
    deliveries = Delivery.objects.of_member(request.user).filter(bulletin=pk)
    delivery = deliveries.select_related("bulletin__issuer").first()
    if delivery is None:
        raise Http404
    deliveries.open(by=request.user)
    bulletin = delivery.bulletin
    context = {"bulletin": bulletin, "place": delivery.place, "text_html": render_markup(bulletin.text)}
    return render(request, "bulletins/read.html", context)
