"""What the calendar does to aspirations; each job is safe at any time, twice, and by several at once."""

from django.tasks import task
from django.utils import timezone

from aspirations.days_off import known_days
from aspirations.models import Aspiration, Holiday
from pages.ticking import HOUR, MINUTE, every

YEARS_AHEAD = 2


@every(10 * MINUTE)
@task
def pass_silent_kims():
    """What a KIM did not touch for 7 days goes on to the office."""
    Aspiration.objects.with_silent_kim().carry_out(Aspiration.pass_silent_kim)


@every(10 * MINUTE)
@task
def escalate_overdue():
    """Beyond its second term it goes one level up; where there is no higher office it stays on top of the list."""
    Aspiration.objects.due_for_escalation().carry_out(Aspiration.escalate_overdue)


@every(HOUR)
@task
def close_uncontested():
    """An answer that nobody contested for 14 days ends the matter."""
    Aspiration.objects.uncontested().carry_out(Aspiration.close_uncontested)


@every(24 * HOUR)
@task
def take_over_holidays():
    """The days off of this year and the next ones, as far as they are known."""
    first = timezone.localdate().year
    years = range(first, first + YEARS_AHEAD + 1)
    Holiday.objects.take_over(known_days(years), years)
