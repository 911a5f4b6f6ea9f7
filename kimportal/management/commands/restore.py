"""`manage.py restore DIR`: into an empty database and an empty MEDIA_ROOT, as the owner of the tables."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kimportal.backups import in_a_sentence, restoring

BROKEN_OFF = "It was broken off, and nobody may use what is there. The same command begins again."


class Command(BaseCommand):
    help = "Put a backup back into an empty database and an empty folder, and compare every row and file."

    def add_arguments(self, parser):
        parser.add_argument("dir", type=Path, help="a folder that `manage.py backup` wrote")

    def handle(self, *, dir, **options):
        try:
            with in_a_sentence():
                restoring.restore(dir.absolute(), tell=self.stdout.write)
        except KeyboardInterrupt as error:
            raise CommandError(BROKEN_OFF) from error
        self.stdout.write("Every row and every file is as it was. Next: migrate, then grant_rights.")
