"""`manage.py restore_drill DIR`: whether the newest backup would serve, told as a table; docs/deploy.md."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kimportal.backups import drill, in_a_sentence


class Command(BaseCommand):
    help = "Restore the newest backup below a folder into a database that is dropped again, and compare."

    def add_arguments(self, parser):
        parser.add_argument("dir", type=Path, help="the folder that holds the backups")

    def handle(self, *, dir, **options):
        began = time.monotonic()
        with in_a_sentence():
            source = drill.newest(dir.absolute())
            self.stdout.write(f"Backup    {source}")
            report = drill.carry_out(source)
        for name, held in report.manifest["tables"].items():
            self.stdout.write(f"{name:<55}{held['rows']:>12}  {'differs' if name in report.different else 'equal'}")
        self.stdout.write(f"Made      {report.manifest['made_at']} by {report.manifest['portal']}")
        self.stdout.write(f"Files     {report.files}, each as its hash says")
        self.stdout.write(f"Took      {time.monotonic() - began:.0f} s")
        if report.found:
            raise CommandError("This backup does not hold: " + "; ".join(report.found))
        self.stdout.write("This backup holds.")
