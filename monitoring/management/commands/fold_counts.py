from django.core.management.base import BaseCommand

from monitoring.models import CountChange


class Command(BaseCommand):
    help = "Add what changed up into the counts of each region; run it every few minutes."

    def handle(self, *, verbosity, **options):
        number = CountChange.objects.fold()
        if verbosity:
            self.stdout.write(f"{number} perubahan dijumlahkan.")
