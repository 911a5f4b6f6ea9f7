"""The same group registered twice: what becomes of the posts, the people and the certificate of one of both.

Posts, people and government information move (`take_over`), offices end. Of the certificate no row changes: it is a
KIM's that is MERGED, and only that of an INAUGURATED one holds (`Certificate.standing`). So it turns to DICABUT with
the status.
"""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from pages import freshness


def moving(community, into):
    """What merging does to posts, people and certificate: `(in words, how many)`."""
    members, newcomers = community.memberships.current().count(), members_new_to(community, into).count()
    return [
        (_("kegiatan pindah ke KIM tujuan"), community.posts.count()),
        (_("anggota pindah ke KIM tujuan"), newcomers),
        (_("anggota sudah ada di KIM tujuan"), members - newcomers),
        (_("informasi pemerintah pindah ke KIM tujuan"), new_to(into, community.deliveries).count()),
        (_("jabatan di KIM ini berakhir"), community.positions.current().count()),
        (_("piagam KIM ini menjadi tidak berlaku"), community.certificates.filter(replaced_at=None).count()),
    ]


def members_new_to(community, into):
    there = into.memberships.current().exclude(user=None).values("user")
    return community.memberships.current().exclude(user__in=there)


def take_over(community, *, into):
    """Let the other KIM have what was written and who belongs; the offices end."""
    communities = type(into).objects
    freshness.changed(communities.model.NAMES, *community.post_places())
    community.posts.update(community=into)
    communities.filter(pk=into.pk).update(
        post_count=F("post_count") + community.post_count,
        last_post_at=Greatest("last_post_at", Value(community.last_post_at, models.DateTimeField())),
    )
    communities.filter(pk=community.pk).update(post_count=0)
    community.positions.current().end_at(community.seat)
    members_new_to(community, into).update(community=into)
    take_over_information(community, into)
    into.renew_pages()


def take_over_information(community, into):
    """What offices sent to the one alone is the other's from now on, with what was done with it and asked about it: to
    be read, and told of when it is recalled. What both had stays as each of them had it.
    """
    for rows in (community.redisseminations, community.deliveries):
        new_to(into, rows).update(community=into)
    community.bulletin_questions.update(community=into)


def new_to(into, rows):
    """Those of the rows that are about a bulletin which the other KIM does not have."""
    return rows.exclude(bulletin__in=into.deliveries.values("bulletin"))
