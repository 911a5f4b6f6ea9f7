from django.core.management.base import BaseCommand

from accounts import retention


class Command(BaseCommand):
    help = "Forget what was kept for its term, as the tick does every hour; --dry-run only says what it would."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *, dry_run, **options):
        for kept, days, rows in retention.over():
            number = rows.count()
            self.stdout.write(f"{kept:20} {days:5} days  {number:9}  {kept.label}")
            if not dry_run:
                kept.forget(rows)
