"""What the room of a KIM leads to about its evaluation."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.room_links import RoomLink, in_the_room
from evaluations.models import Score


@in_the_room
def own_score(community, *, is_chair):
    if community.is_public:
        told = Score.objects.told_to_kim().filter(community=community).select_related("cycle")
        newest = told.order_by("-cycle__year", "-cycle__span").defer("sheet").first()
        facts = newest and {"class": newest.get_class_name_display(), "year": newest.cycle.year}
        meta = _("%(class)s, %(year)s") % facts if facts else ""
        yield RoomLink(reverse("evaluations:own", args=[community.slug]), _("Nilai evaluasi"), meta)
        yield RoomLink(reverse("evaluations:own_best", args=[community.slug]), _("Belajar dari KIM lain"))
