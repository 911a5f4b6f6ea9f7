"""The one place that counts working days: Monday to Friday, but for national holidays and joint leave.

The day on which something arrives never counts, whichever day it is; the first working day after it is day one. So 5
working days from Friday 13 March 2026 end on 27 March, before and after Nyepi and Idulfitri, and so do 5 from the
Saturday and the Sunday that follow: what arrives on a day off has as much time as what arrived on the last working day.
"""

from datetime import timedelta

from aspirations.models.terms import Holiday

# From then on it is Saturday.
WEEKEND = 5
# No run of days off is so long that a term of n working days needs more than so many days, in any year.
LONGEST_BREAK = 30


def add_working_days(day, number):
    """The day on which so many working days after `day` end; what is due then may still be done on it."""
    until = day + timedelta(days=2 * number + LONGEST_BREAK)
    off = set(Holiday.objects.off().filter(date__range=(day, until)).values_list("date", flat=True))
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < WEEKEND and day not in off
    return day
