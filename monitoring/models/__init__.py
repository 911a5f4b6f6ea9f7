"""WHAT IT SHOWS: how many KIM, posts, aspirations and passed-on bulletins each region has, read without counting.

The database itself keeps the numbers (counts.py); what a row of a table counts for is one function in the database for
each table (migration 0004), for the triggers as for counting again (counting.py).
"""

from monitoring.models.counts import CountChange, Counted, DayCount, RegionCount, Subject

__all__ = ["CountChange", "Counted", "DayCount", "RegionCount", "Subject"]
