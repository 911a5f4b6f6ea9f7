from django.core.cache import cache
from django.tasks import task

from kimportal import clock_jumps
from kimportal.dumps import DUMPS, is_due
from pages.ticking import HOUR, MINUTE, every
from pages.words.searched import searched_models

# Longer than the largest takes.
AT_WORK = 3 * HOUR


@every(MINUTE)
@task
def set_waiting_right():
    """After the clock went back nothing waits for what it showed before."""
    clock_jumps.bring_back()


@every(HOUR)
@task
def renew_dumps():
    """Have the worker make the dumps that are due; the tick goes on meanwhile."""
    for name, dump in DUMPS.items():
        if is_due(dump) and cache.add(f"dump:{name}", True, AT_WORK):
            make_dump.enqueue(name)


@task
def make_dump(name):
    try:
        DUMPS[name].write()
    finally:
        cache.delete(f"dump:{name}")


@every(HOUR)
@task
def make_words():
    """Make the words of what somebody wrote past the model, or with an older version of the portal."""
    for model in searched_models():
        model.objects.make_words()
