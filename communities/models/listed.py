"""What a list says of a KIM, whether that is the model or no more than the columns of a card."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from communities.models.attention import Activity
from pages.labels import label_of
from pages.row_urls import row_url


class Listed:
    __slots__ = ()

    Activity = Activity
    ACTIVE_DAYS, LESS_ACTIVE_DAYS = 90, 365

    def get_absolute_url(self):
        return row_url("community", self.slug)

    @property
    def is_standing(self):
        return self.status in self.STANDING_STATUSES

    @property
    def is_old_data(self):
        """Taken over from a roster, and confirmed by nobody yet."""
        return self.is_imported and self.confirmed_at is None

    @property
    def public_standing(self):
        """What everyone is told it is, as a list; nobody has verified what is known from an office's list alone."""
        is_unproven = self.is_old_data and self.status == self.Status.VERIFIED
        told = [] if is_unproven else [label_of(self.Status, self.status)]
        return [*told, _("data lama, belum dikonfirmasi")] if self.is_old_data else told

    @property
    def activity_name(self):
        return capfirst(label_of(self.Activity, self.activity))

    @property
    def activity(self):
        days = (timezone.now() - self.last_post_at).days if self.last_post_at else None
        if days is None or days > self.LESS_ACTIVE_DAYS:
            return self.Activity.DORMANT
        return self.Activity.ACTIVE if days <= self.ACTIVE_DAYS else self.Activity.LESS_ACTIVE
