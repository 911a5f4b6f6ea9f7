from django.tasks import task

from monitoring.models import CountChange
from pages.ticking import MINUTE, every


@every(MINUTE)
@task
def fold_counts():
    """Add what changed up into the counts of each region."""
    CountChange.objects.fold()
