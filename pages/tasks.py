"""What the tick runs for the pages of every app."""

from django.tasks import task

from pages import generations
from pages.ticking import at_each_tick


@at_each_tick
@task
def tidy_generations():
    """On each machine: what the proxy there may serve is that machine's own."""
    generations.tidy()
