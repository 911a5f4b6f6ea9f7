"""`manage.py import_region DIR`: what another portal wrote, a folder or a ZIP, as the owner of the tables."""

from pathlib import Path

from django.core.management.base import BaseCommand

from kimportal.backups import in_a_sentence
from kimportal.leaving import bringing, packed


class Command(BaseCommand):
    help = "Bring a region or a KIM from another portal, all of it or nothing; twice adds nothing."

    def add_arguments(self, parser):
        parser.add_argument("dir", type=Path, help="a folder that `manage.py export_region` wrote, or the ZIP")
        parser.add_argument(
            "--match-accounts", action="store_true", help="whoever has an account with the same e-mail here is the same"
        )

    def handle(self, *, dir, match_accounts, **options):
        with in_a_sentence(), packed.unpacked(dir.absolute()) as folder:
            added = bringing.bring(folder, match_accounts=match_accounts)
        self.stdout.write(f"{added} rows were added." if added else "All of it is here already: nothing was added.")
