"""What the worker does for evaluations."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from evaluations import computing
from evaluations.models import Cycle
from pages.ticking import MINUTE, every

# A worker that computes says so more often than this.
PATIENCE = timedelta(minutes=2)


@task
def compute(pk):
    computing.compute(pk)


@every(MINUTE)
@task
def resume_computing():
    """What a lost worker left, or never began, is taken up again."""
    silent = timezone.now() - PATIENCE
    for pk in Cycle.objects.computing().filter(computing_at__lt=silent).values_list("pk", flat=True):
        compute.enqueue(pk)
