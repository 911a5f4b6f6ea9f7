"""What the tick runs for the pages of every app."""

from django.tasks import task

from pages import change_log, edge, generations
from pages.ticking import HOUR, at_each_tick, every


@at_each_tick
@task
def tidy_generations():
    """On each machine: what the proxy there may serve is that machine's own."""
    generations.tidy()


@every(HOUR)
@task
def forget_changes():
    """No page is kept under a stamp of that long ago."""
    change_log.forget_old()
    edge.forget_old()


@at_each_tick
@task
def purge_edges():
    """What could not be told, and once more what was."""
    edge.send_again()
