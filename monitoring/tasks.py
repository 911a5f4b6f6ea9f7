from django.tasks import task

from monitoring.models import RegionCount
from pages.ticking import MINUTE, every


@every(MINUTE)
@task
def fold_counts():
    """Add the counts of each region up into one row."""
    RegionCount.objects.fold()
