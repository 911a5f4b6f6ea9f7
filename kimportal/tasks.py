from django.core.cache import cache
from django.tasks import task

from accounts.stray_files import stray_files
from communities.models import DataCopy
from kimportal import clock_jumps
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
    from kimportal.dumps import DUMPS, is_due

    for name, dump in DUMPS.items():
        if is_due(dump) and cache.add(f"dump:{name}", True, AT_WORK):
            make_dump.enqueue(name)


@task
def make_dump(name):
    from kimportal.dumps import DUMPS

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


@task
def make_data_copy(pk):
    from kimportal.leaving.copying import make  # by the worker alone

    make(DataCopy.objects.get(pk=pk))


@every(5 * MINUTE)
@task
def resume_data_copies():
    """A copy whose worker was lost, or never came, is taken up again."""
    for copy in DataCopy.objects.stuck():
        if copy.start_again():
            make_data_copy.enqueue(copy.pk)


@every(HOUR)
@task
def let_go_of_data_copies():
    for copy in DataCopy.objects.over():
        copy.let_go()
    for name in stray_files(DataCopy.file.field):  # of a worker that was killed
        DataCopy.file.field.storage.delete(name)
