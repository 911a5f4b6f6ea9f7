"""Atom: the newest aspirations that everyone may read, of the country or of a region with all below it."""

from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from aspirations.filters import AspirationFilter
from aspirations.models import Aspiration
from pages.feeds import KeptFeed
from pages.limits import limited
from regions.by_url import region_or_404
from regions.filtered_feeds import feed_of_choice, question

OPENING = 200


class AspirationFeed(KeptFeed):
    """All of them, or those that a filter of their list leaves."""

    subtitle = _("Usulan, pengaduan, dan pertanyaan warga, dan siapa yang memegangnya.")
    PAGE, KEY = "aspirations:detail", "code"

    @method_decorator(limited("search"))
    def __call__(self, request, **of):
        return super().__call__(request, **of)

    def get_object(self, request):
        return AspirationFilter(request.GET, queryset=Aspiration.objects.public())

    def instead(self, chosen):
        return question(chosen)

    def topic(self, chosen):
        return chosen.topic

    def title(self, chosen):
        words = ", ".join(chosen.names.values())
        return _("Usulan warga: %(chosen)s") % {"chosen": words} if words else _("Usulan warga")

    def link(self, chosen):
        return f"{reverse('aspirations:list')}{chosen.query}"

    def feed_url(self, chosen):
        return f"{reverse('aspiration_files:feed')}{chosen.query}"

    def parts(self, chosen):
        return [chosen.qs.order_by("-published_at", "-pk")]

    def told(self, rows):
        return rows.for_list().select_related("sector")

    def item_title(self, row):
        return row.title

    def item_description(self, row):
        """Readers take it for HTML."""
        status = row.get_status_display()
        return escape(f"{str(status).capitalize()}. {Truncator(row.text).chars(OPENING, truncate='…')}")

    def item_author_name(self, row):
        return row.public_sender or _("Warga")

    def item_categories(self, row):
        return [str(row.get_kind_display()), *([row.sector.name] if row.sector else []), row.place.full_name]

    def item_extra_kwargs(self, row):
        return {"photo": ""}


class RegionAspirationFeed(AspirationFeed):
    def __call__(self, request, code):
        chosen = AspirationFilter(request.GET, queryset=Aspiration.objects.none())
        elsewhere = feed_of_choice(chosen, "aspiration_files:feed", wilayah=code)
        return elsewhere or super().__call__(request, code=code)

    def get_object(self, request, code):
        return list_of(region_or_404(code)[0])

    def feed_url(self, chosen):
        return reverse("aspiration_files:feed_region", args=[chosen.region.code])


def list_of(region):
    """The list of a region."""
    return AspirationFilter({"wilayah": region.code}, queryset=Aspiration.objects.public())
