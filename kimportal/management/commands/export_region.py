"""`manage.py export_region CODE DIR`: a region, or one KIM, to be taken into another portal; docs/export.md."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kimportal.backups import in_a_sentence
from kimportal.leaving import taking


class Command(BaseCommand):
    help = "Write everything of a region and below it, or of one KIM, to a new folder that can be verified."

    def add_arguments(self, parser):
        parser.add_argument("code", nargs="?", default="", help="the code of the region, such as 64.02")
        parser.add_argument("dir", type=Path, help="a folder that is not there yet")
        parser.add_argument("--kim", default="", help="the slug of a KIM, instead of a region")

    def handle(self, *, code, dir, kim, **options):
        if bool(code) == bool(kim):
            raise CommandError("Name the code of a region, or a KIM with --kim.")
        with in_a_sentence():
            manifest = taking.take(dir.absolute(), taking.scope_of(code, kim))
        number = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{dir}: {number} rows; {sum(manifest['references'].values())} references to what stays.")
        if missing := manifest["missing"]:
            self.stderr.write(f"{len(missing)} files are missing in the portal itself, such as {missing[0]}.")
