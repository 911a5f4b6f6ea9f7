"""What the calendar does to KIMs; each job is safe at any time, twice, and by several at once."""

from contextlib import suppress
from datetime import timedelta

from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Notice
from accounts.stray_files import stray_files
from communities import decree_terms, notices
from communities.models import Community, RosterImport, StepRefused
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check
from communities.rosters.receiving import let_go_of_file, let_go_of_upload, scrub_rows
from communities.rosters.undoing import undo
from pages.sentences import said
from pages.ticking import HOUR, MINUTE, every
from regions.tables import FileRefused

# A reminder that could not be given on its day is given within these days, or not at all.
LATE_DAYS = 4


@every(6 * HOUR)
@task
def remind_of_decrees():
    """Tell a KIM that its decree ends: once each at 90, 30 and 7 days, and on the last day."""
    today = timezone.localdate()
    inaugurated = Community.objects.filter(status=Community.Status.INAUGURATED).select_related("decree")
    for mark in decree_terms.REMINDER_DAYS:
        ending = decree_terms.ending_within(mark, at_least=max(mark - LATE_DAYS, 0))
        for community in inaugurated.filter(**ending).iterator():
            days = (community.decree.ends_on - today).days
            Notice.objects.tell(
                community.board,
                notices.DECREE,
                said(remaining(days), name=community.name, days=days),
                _("Mintalah SK baru kepada Diskominfo agar piagam KIM tetap berlaku."),
                path=community.room_path,
                key=f"decree-{community.decree_id}-{community.pk}-{mark}",
            )


def remaining(days):
    if days == 0:
        return _("Hari ini hari terakhir SK %(name)s")
    return _("SK %(name)s berakhir %(days)s hari lagi")


@every(HOUR)
@task
def end_decrees():
    """The day after its last, a decree no longer carries the KIM."""
    over = Community.objects.filter(status=Community.Status.INAUGURATED, **decree_terms.over())
    for community in over.iterator():
        try:
            community.expire()
        except StepRefused:  # extended a moment ago
            continue


@every(6 * HOUR)
@task
def ask_for_confirmation():
    """A year after the last time each chair is asked whether what is written about the KIM is still true."""
    limit = timezone.now() - timedelta(days=Community.CONFIRMED_DAYS)
    just_now = {"confirmed_at__range": (limit - timedelta(days=LATE_DAYS), limit)}
    for community in Community.objects.registered().filter(**just_now).iterator():
        Notice.objects.tell(
            community.board,
            notices.CONFIRMATION,
            said(_("Apakah data %(name)s masih benar?"), name=community.name),
            _("Periksa sebentar, lalu ketuk “Data masih benar”."),
            path=community.room_path,
            key=f"confirm-{community.pk}-{community.confirmed_at:%Y%m%d}",
        )


@task
def check_roster(pk):
    check(RosterImport.objects.select_related("region").get(pk=pk))


@task
def carry_out_roster(pk):
    carry_out(RosterImport.objects.select_related("region", "approved_by").get(pk=pk))


@task
def undo_roster(pk):
    undo(RosterImport.objects.select_related("region", "undone_by").get(pk=pk))


@every(5 * MINUTE)
@task
def resume_rosters():
    """A roster whose worker was lost, or never came, is taken up again."""
    jobs = {RosterImport.Status.UPLOADED: check_roster, RosterImport.Status.UNDOING: undo_roster}
    for roster in RosterImport.objects.stuck():
        roster.start_again()
        jobs.get(roster.status, carry_out_roster).enqueue(roster.pk)


@every(HOUR)
@task
def let_go_of_uploads():
    """No file of a roster lies about: not one that nobody reads any more, nor one of a request that broke off."""
    for roster in RosterImport.objects.with_uploads().exclude(status__in=RosterImport.UNDER_WAY):
        with suppress(FileRefused):
            let_go_of_upload(roster)
        scrub_rows(roster)
    for roster in RosterImport.objects.exclude(file="").filter(status=RosterImport.Status.DONE):
        let_go_of_file(roster)
    for name in stray_files(RosterImport.file.field):
        RosterImport.file.field.storage.delete(name)
