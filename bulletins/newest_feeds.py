"""Atom: the newest government information of the country, of a choice of it, or for a region."""

from django.conf import settings
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from bulletins.filters import BulletinFilter
from bulletins.models import Bulletin
from pages.feeds import KeptFeed
from pages.limits import limited
from regions.by_url import region_or_404
from regions.filtered_feeds import feed_of_choice, question


class NewestBulletins(KeptFeed):
    """The newest of `bulletins(subject)`; what is recalled says so in its title, and why in its text."""

    subtitle = _("Informasi dari pemerintah untuk warga, lewat Komunitas Informasi Masyarakat.")
    COLUMNS = ("pk", "updated_at", "sent_at", "status")
    PAGE = "bulletins:detail"

    def topic(self, subject):
        return Bulletin.NEWS

    def parts(self, subject):
        return [self.bulletins(subject).newest_first()]

    def told(self, bulletins):
        return bulletins.for_feed()

    def item_title(self, bulletin):
        return bulletin.announced_title

    def item_description(self, bulletin):
        """Readers take it for HTML."""
        return escape(bulletin.recall_reason if bulletin.is_recalled else bulletin.short_text)

    def item_author_name(self, bulletin):
        return bulletin.issuer.full_name

    def item_pubdate(self, bulletin):
        return bulletin.sent_at

    def item_extra_kwargs(self, bulletin):
        picture = getattr(bulletin, "picture", None)
        return {"photo": picture and f"{settings.SITE_URL}{picture.src640}"}


class BulletinFeed(NewestBulletins):
    """All, or those that a filter of their list leaves."""

    @method_decorator(limited("search"))
    def __call__(self, request):
        return super().__call__(request)

    def get_object(self, request):
        return BulletinFilter(request.GET, queryset=Bulletin.objects.public())

    def instead(self, chosen):
        return question(chosen)

    def title(self, chosen):
        names = ", ".join(chosen.names.values())
        return _("Informasi pemerintah: %(chosen)s") % {"chosen": names} if names else _("Informasi pemerintah")

    def link(self, chosen):
        return f"{reverse('bulletins:list')}{chosen.query}"

    def feed_url(self, chosen):
        return f"{reverse('bulletin_files:feed')}{chosen.query}"

    def bulletins(self, chosen):
        return chosen.qs


class RegionBulletinFeed(NewestBulletins):
    def __call__(self, request, code):
        chosen = BulletinFilter(request.GET, queryset=Bulletin.objects.none())
        return feed_of_choice(chosen, "bulletin_files:feed", wilayah=code) or super().__call__(request, code=code)

    def get_object(self, request, code):
        return region_or_404(code)[0]

    def title(self, region):
        return _("Informasi pemerintah untuk %(region)s") % {"region": region.full_name}

    def link(self, region):
        return f"{reverse('bulletins:list')}?wilayah={region.code}"

    def feed_url(self, region):
        return reverse("bulletin_files:feed_region", args=[region.code])

    def bulletins(self, region):
        return Bulletin.objects.public().reaching(region)
