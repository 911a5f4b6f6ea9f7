"""Bringing a bulletin, and what follows it, to each KIM of its audience: in batches, each kept whole or not at all.

Every function here may run twice, at once with another, and after one that was killed: a batch locks the bulletin,
leaves out what is there, and says in the same transaction how far it came.
"""

import time

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice
from bulletins import notices
from bulletins.models import Bulletin, Delivery, FollowUp
from communities.models import Community
from pages.sentences import said

BATCH = 500
# After a batch at most so many seconds: 91,000 KIM wait 45 seconds longer, and readers have half of the sender's core.
MOST_REST = 0.25


def gently(do_batch, *what):
    """Batch after batch until there is no more, resting after each as long as it took."""
    while True:
        began = time.monotonic()
        if not do_batch(*what):
            return
        time.sleep(min(time.monotonic() - began, MOST_REST))


def deliver(pk):
    """Bring a bulletin to all of its audience that does not have it; stop when it is closed or recalled meanwhile."""
    gently(deliver_batch, pk)


def deliver_batch(pk):
    """The next KIM of the audience; whether there may be more, and nobody else is at it."""
    with transaction.atomic():
        bulletin = locked(Bulletin.objects.undelivered(), pk)
        if bulletin is None:
            return False
        batch = list(bulletin.audience().filter(pk__gt=bulletin.delivered_to).order_by("pk").only("pk")[:BATCH])
        if not batch:
            bulletin.said_how_far(delivered_at=timezone.now())
            return False
        keys = [community.pk for community in batch]
        make_deliveries(bulletin, keys)
        tell(bulletin, keys)
        bulletin.said_how_far(delivered_to=keys[-1])
    return True


def locked(rows, pk):
    """The row, if it is one of these and nobody else has it."""
    return rows.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()


def make_deliveries(bulletin, keys):
    """A delivery for each of these KIM, by one statement, from the place where it sits now."""
    columns = ["province_id", "regency_id", "district_id", "village_id"]
    sql = f"""
        INSERT INTO {Delivery._meta.db_table}
            (bulletin_id, community_id, place_id, {", ".join(columns)}, created_at, reach_claimed, reach_verified)
        SELECT %s, id, seat_id, {", ".join(columns)}, %s, 0, 0
        FROM {Community._meta.db_table} WHERE id = ANY (%s) ORDER BY id
        ON CONFLICT DO NOTHING
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [bulletin.pk, timezone.now(), keys])


def tell(bulletin, keys):
    """A notice for each person on the board of these KIM; who is on several boards has one."""
    people = Community.objects.filter(pk__in=keys).boards()
    Notice.objects.tell(
        people, bulletin.notice_kind, bulletin.title, bulletin.short_text,
        path=bulletin.room_path, key=bulletin.news_key, is_urgent=bulletin.is_urgent,
    )  # fmt: skip


def follow_up(pk):
    """Tell all who have a bulletin what came of it."""
    gently(follow_up_batch, pk)


def follow_up_batch(pk):
    """The next deliveries whose KIM are to be told; whether there may be more, and nobody else is at it."""
    with transaction.atomic():
        message = locked(FollowUp.objects.filter(told_at=None), pk)
        if message is None:
            return False
        batch = message.bulletin.deliveries.filter(pk__gt=message.told_to).order_by("pk")[:BATCH]
        rows = list(batch.values_list("pk", "community"))
        if not rows:
            FollowUp.objects.filter(pk=pk).update(told_at=timezone.now())
            return False
        people = Community.objects.filter(pk__in=[community for _pk, community in rows]).boards()
        Notice.objects.tell(
            people, message.kind, message.told_title, message.text,
            path=message.bulletin.room_path, key=message.key, is_urgent=message.kind == notices.WARNING,
        )  # fmt: skip
        FollowUp.objects.filter(pk=pk).update(told_to=rows[-1][0], touched_at=timezone.now())
    return True


def remind(pk, day, within=None):
    """Remind the KIM that have not opened it, of one region or of all; nobody twice on that day."""
    gently(remind_batch, pk, day, within)


def remind_batch(pk, day, within=None):
    """The next of them; whether there may be more."""
    with transaction.atomic():
        bulletin = Bulletin.objects.get(pk=pk)
        if not bulletin.is_in_force:
            return False
        rows = bulletin.deliveries.within(within) if within else bulletin.deliveries.all()
        batch = rows.to_remind(day).select_for_update(skip_locked=True, no_key=True).order_by("pk")[:BATCH]
        found = list(batch.values_list("pk", "community"))
        if not found:
            return False
        Delivery.objects.filter(pk__in=[row for row, _community in found]).update(reminded_on=day)
        people = Community.objects.filter(pk__in=[community for _pk, community in found]).boards()
        title = said(_("Belum dibuka: %(title)s"), title=bulletin.title)
        Notice.objects.tell(
            people, bulletin.notice_kind, title, bulletin.short_text,
            path=bulletin.room_path, key=f"unopened-{bulletin.pk}-{day:%Y%m%d}",
        )  # fmt: skip
    return True
