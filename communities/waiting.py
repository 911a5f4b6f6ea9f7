"""What waits for a person about KIM: who asks to join, what is to be mended or confirmed, and terms that end."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.waiting import ENDING, MENDING, Waiting, waits
from communities.models import Community, Membership, Position
from regions.templatetags.places import place_date

# So long before its end a term is worth a word.
SOON = timedelta(days=60)


@waits
def invitations(user):
    number = Membership.objects.waits_for(user).count()
    if number:
        sentence = ngettext("Jawab %(number)s undangan", "Jawab %(number)s undangan", number) % {"number": number}
        yield Waiting(f"{reverse('workspace')}#undangan", sentence, number=number)


@waits
def chairs(user):
    """What only a chair can do, of each KIM they chair."""
    for community in Community.objects.chaired_by(user).select_related("decree", "seat").order_by("name"):
        room, names = community.room_path, {"kim": community.name}
        if community.status == Community.Status.NEEDS_REVISION:
            yield Waiting(room, _("Perbaiki pendaftaran %(kim)s") % names, MENDING)
        if community.status == Community.Status.DRAFT:
            yield Waiting(room, _("Lanjutkan pendaftaran %(kim)s") % names, MENDING)
        yield from asking(community, user)
        yield from ending(community)


def asking(community, user):
    people, names = reverse("communities:members", args=[community.slug]), {"kim": community.name}
    requests = list(community.memberships.requested().exclude(user=user).order_by("pk").values_list("name", flat=True))
    number = len(requests)
    if number == 1:
        sentence = _("%(name)s ingin bergabung dengan %(kim)s") % {"name": requests[0], **names}
        yield Waiting(people, sentence)
    elif number:
        sentence = _("%(number)s orang ingin bergabung dengan %(kim)s") % {"number": number, **names}
        yield Waiting(people, sentence, number=number)


def ending(community):
    """A decree, an office or a confirmation whose day comes, or has come."""
    names = {"kim": community.name}
    if community.is_stale:
        yield Waiting(f"{community.room_path}#benar", _("Pastikan data %(kim)s masih benar") % names, ENDING)
    decree, today = community.decree, timezone.localdate()
    if community.is_standing and decree and decree.ends_on and decree.ends_on <= today + SOON:
        sentence = _("Masa berlaku SK %(kim)s berakhir %(day)s") % {**names, "day": place_date(decree.ends_on)}
        yield Waiting(community.room_path, sentence, ENDING)
    terms = Position.objects.current().filter(community=community, term_until__lte=today + SOON)
    for office in terms.select_related("membership").order_by("term_until")[:3]:
        facts = {"office": office.label, "person": office.membership.name}
        facts["day"] = place_date(office.term_until)
        path = reverse("communities:members", args=[community.slug])
        sentence = _("Masa jabatan %(office)s %(person)s sampai %(day)s") % facts
        yield Waiting(path, sentence, ENDING, meta=community.name)
