from django.core.management.base import BaseCommand

from monitoring.models import RegionCount


class Command(BaseCommand):
    help = "Add the counts of each region up into one row; run it every few minutes."

    def handle(self, *args, **options):
        before = RegionCount.objects.count()
        RegionCount.objects.fold()
        if options["verbosity"]:
            self.stdout.write(f"{before} baris hitungan menjadi {RegionCount.objects.count()}.")
