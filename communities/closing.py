"""What becomes of the KIM of somebody who closes their account."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.closing import Obstacle, before_closing, with_the_account
from accounts.models import Notice
from communities.models import Community, Membership, RosterRow
from communities.models.people import CLOSED_STATUSES
from communities.notices import MEMBERSHIP


@before_closing
def chairs(user):
    """A KIM has a chair; a draft that nobody else belongs to may be left alone."""
    for community in Community.objects.chaired_by(user).exclude(status__in=CLOSED_STATUSES).order_by("name"):
        others = community.memberships.current().exclude(user=None).exclude(user=user)
        people = reverse("communities:members", args=[community.slug])
        if others.filter(user__is_active=True).exists():
            sentence = _("Anda ketua %(kim)s. Serahkan dahulu jabatan ketua kepada anggota lain.")
            yield Obstacle(sentence % {"kim": community.name}, people)
        elif community.status != Community.Status.DRAFT:
            sentence = _(
                "Anda ketua %(kim)s dan satu-satunya anggota yang punya akun. Undang dahulu seorang pengganti, lalu "
                "serahkan jabatan ketua; atau mintalah Diskominfo membubarkan KIM."
            )
            yield Obstacle(sentence % {"kim": community.name}, people)


@with_the_account
def memberships(user, *, with_comments):
    """Those offered to the e-mail address too."""
    named = Membership.objects.filter(Q(user=user) | Q(email=user.email.lower()))
    for membership in named.select_related("community__seat"):
        community, name = membership.community, membership.name
        membership.forget_person(nameless=_("Mantan anggota"))
        people = Membership.objects.filter(community=community, user__isnull=False).values("user")
        Notice.objects.filter(kind=MEMBERSHIP, user__in=people).say_instead(name, _("Mantan anggota"))
        for row in RosterRow.objects.filter(community=community):
            row.mask([name, user.email])
        is_nobodys = is_abandoned(community)
        if is_nobodys:
            forget_papers(community)
        if is_nobodys or community.contact_email.lower() == user.email.lower():
            Community.objects.filter(pk=community.pk).update(contact_email="", contact_phone="")


def is_abandoned(community):
    """Whether nobody is left who would hand this draft in, and no office ever had it."""
    is_draft = community.status == Community.Status.DRAFT and not community.verifications.exists()
    return is_draft and not community.memberships.current().exclude(user=None).exists()


def forget_papers(draft):
    """They tell of people, and are no archive of anybody's."""
    for paper in draft.papers.all():
        transaction.on_commit(partial(paper.file.storage.delete, paper.file.name))
    draft.papers.all().delete()
