"""`manage.py backup DIR`: database and media, of one moment, in a folder that can be verified; docs/deploy.md."""

from pathlib import Path

from django.core.management.base import BaseCommand

from kimportal.backups import folder, in_a_sentence, restoring, taking


class Command(BaseCommand):
    help = "Write the database and the media to a new folder, with the hash of every row and file; or verify one."

    def add_arguments(self, parser):
        parser.add_argument("dir", type=Path, help="a folder that is not there yet; with --verify one that is")
        parser.add_argument("--verify", action="store_true", help="read every byte of it and compare")

    def handle(self, *, dir, verify, **options):
        target = dir.absolute()
        if verify:
            with in_a_sentence():
                manifest = folder.verify(target)
            self.stdout.write(f"{dir} is whole: {restoring.told(manifest)}.")
            return
        with in_a_sentence():
            manifest = taking.take(target, tell=self.stdout.write)
        self.stdout.write(f"{dir}: {restoring.told(manifest)}.")
        if missing := manifest["missing"]:
            self.stderr.write(
                f"{len(missing)} files that rows name are missing in the portal itself, such as {missing[0]}."
            )
