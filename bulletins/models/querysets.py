"""Which bulletins: by status, by whom they are for, and by who may write, read or decide them."""

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When
from django.utils import timezone

from accounts.models import OfficerAssignment
from bulletins.duties import INFORMATION
from communities.models import Community
from pages.words.searched import SearchedQuerySet
from regions.atlas import FROM_ATLAS
from regions.models import Region
from regions.placed import PlacedQuerySet

PUBLIC = Q(status__in=["sent", "closed", "recalled"])
DRAFT = Q(status="draft")


def decided_by(user):
    """The condition that this officer speaks for the office: own regions, but those that an officer below has."""
    return OfficerAssignment.objects.decided_by(user, INFORMATION)


class BulletinQuerySet(SearchedQuerySet, PlacedQuerySet):
    def public(self):
        """Sent at some time; those that are over or recalled say so."""
        return self.filter(PUBLIC)

    def in_force(self, at=None):
        """Sent, and neither over nor recalled at this moment, or now: what may be passed on."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at or timezone.now()), status=self.model.Status.SENT)

    def without_warnings(self):
        """Those that have no place of their own on top of pages."""
        return self.filter(is_urgent=False)

    def warnings(self):
        """Urgent and in force; the most dangerous first, and of those the newest."""
        return self.warnings_before_their_end().filter(status=self.model.Status.SENT).most_dangerous_first()

    def warnings_before_their_end(self):
        """Warnings that were sent and whose end is to come, also those that were closed or recalled before it."""
        return self.filter(PUBLIC, is_urgent=True, ends_at__gt=timezone.now())

    def for_tops(self):
        """With what stands of a warning on top of pages."""
        return self.select_related("issuer").prefetch_related("regions").defer("text", "short_text", "search")

    def for_warning(self):
        """With what the page of a warning, and CAP, say of it."""
        issuers = ["issuer", "issuer__regency", "issuer__province"]
        regions = Prefetch("regions", Region.objects.with_names().order_by("code"))
        return self.select_related(*issuers).prefetch_related(regions, "steps").defer("search")

    def most_dangerous_first(self):
        order = [When(severity=word, then=rank) for rank, word in enumerate(self.model.Severity.values)]
        return self.order_by(Case(*order), "-sent_at", "-pk")

    def for_list(self):
        """What a list tells of each: who says what, and whether it still holds."""
        told = ["issuer", "status", "title", "slug", "short_text", "is_urgent", "sent_at", "ends_at", "updated_at"]
        return self.fetch_mode(FROM_ATLAS).only(*told)

    def for_page(self):
        """All that its own page shows of other tables, but its papers and questions."""
        return self.select_related("picture").fetch_mode(FROM_ATLAS).defer("search")

    def for_feed(self):
        return self.select_related("picture").fetch_mode(FROM_ATLAS).defer("text", "search")

    def without_recalled(self):
        """What we carry to readers ourselves."""
        return self.exclude(status=self.model.Status.RECALLED)

    def newest_first(self):
        return self.order_by("-sent_at", "-pk")

    def reaching(self, region):
        """Those whose audience covers the region, or lies within it."""
        return self.reaching_place(region.pk, [place.pk for place in region.ancestors], level=region.level)

    def reaching_place(self, pk, above, *, level):
        """The same of a place by its key and those of what it lies in."""
        if level == Region.Level.NATION:
            return self.all()
        column = "pk" if level == Region.Level.VILLAGE else Region(level=level).column
        covering = Q(region__in=[pk, *above]) | Q(region__level=Region.Level.NATION)
        within = Q(**{f"region__{column}": pk})
        named = self.model.regions.through.objects.filter(covering | within, bulletin=OuterRef("pk"))
        return self.filter(Exists(named))

    def of_sector(self, sector):
        """Those about this sector, and those about all."""
        named = self.model.sectors.through.objects.filter(bulletin=OuterRef("pk"))
        return self.filter(Exists(named.filter(sector=sector)) | ~Exists(named))

    def delivered_to(self, communities):
        return self.filter(deliveries__community__in=communities).distinct()

    def decided_by(self, user):
        """What `Bulletin.decided_by` says of one, for a list."""
        return self.filter(decided_by(user))

    def written_by(self, user):
        """The drafts that this officer may write."""
        return self.decided_by(user).filter(DRAFT)

    def waits_for(self, user):
        """What this officer is to approve or to send."""
        return self.decided_by(user).filter(status__in=[self.model.Status.DRAFT, self.model.Status.APPROVED])

    def readable_by(self, user):
        """What officers see at their desk, a draft that of its own office alone; and what came to one's own KIM."""
        own = self.filter(PUBLIC, deliveries__community__in=Community.objects.of_member(user).values("pk"))
        readable = Q(pk__in=own.values("pk"))
        if user.is_officer:
            readable |= decided_by(user) | Q(issuer__in=user.jurisdiction()) & ~DRAFT
        return self.filter(readable)

    def due(self):
        """Whose hour of sending has come."""
        return self.filter(status=self.model.Status.SCHEDULED, send_at__lte=timezone.now())

    def over(self):
        """Still open although the end has passed."""
        return self.filter(status=self.model.Status.SENT, ends_at__lte=timezone.now())

    def undelivered(self):
        """Sent, and not yet with all of the audience."""
        return self.filter(status=self.model.Status.SENT, delivered_at=None)
