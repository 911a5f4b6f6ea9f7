import time
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from regions.changes import KINDS, changes_of
from regions.editions import BUNDLED, Edition, fingerprint, missing_from_pack, name_of
from regions.loading import compare, is_loaded, last_edition, load, many_small_objects, standing_regions
from regions.tables import FileRefused

SHOWN = 10


class Command(BaseCommand):
    help = "Memuat daftar resmi wilayah Indonesia; aman diulang."

    def add_arguments(self, parser):
        parser.add_argument("--file", metavar="PATH", help="daftar edisi lain (CSV dengan kolom code,name)")
        parser.add_argument("--name", help="nama edisi itu, misalnya nomor keputusannya")
        parser.add_argument("--diff", action="store_true", help="tunjukkan perubahannya tanpa memuat")

    def handle(self, **options):
        with many_small_objects():
            self.load(**options)

    def load(self, *, file, name, diff, **options):
        started = time.monotonic()
        path = Path(file) if file else BUNDLED
        last = last_edition()
        if not file and not diff and last and last.is_brought:
            self.stdout.write(
                f"Berlaku {last.name}, yang tidak digantikan oleh daftar bawaan. Lihat --diff dan --file."
            )
            return
        for words in missing_from_pack():
            self.stdout.write(f"Data rujukan tidak ada: {words}.")
        try:
            if not diff and is_loaded(fingerprint(path)):
                self.stdout.write(f"{name or name_of(path)}: tidak ada perubahan.")
                return
            edition = Edition.read(path, name)
        except (OSError, FileRefused) as error:
            raise CommandError(f"Daftar wilayah tidak dapat dibaca: {error}") from error
        standing = standing_regions()
        if diff:
            self.tell(edition, standing, compare(standing, edition), all_entries=True)
            return
        difference = load(edition, progress=lambda words: self.stdout.write(f"{words} …"))
        self.tell(edition, standing, difference)
        self.stdout.write(f"Selesai dalam {time.monotonic() - started:.1f} detik.".replace(".", ",", 1))

    def tell(self, edition, standing, difference, all_entries=False):
        if not difference.counts:
            self.stdout.write(f"{edition.name}: tidak ada perubahan.")
        for kind, words in KINDS.items():
            number = difference.counts.get(kind, 0)
            if not number:
                continue
            self.stdout.write(f"{edition.name}: {number:,} {words}".replace(",", "."))
            if kind == "added" and not difference.standing:
                continue
            changes = changes_of(kind, difference, standing, edition)
            for change in changes if all_entries else islice(changes, SHOWN):
                self.stdout.write(f"    {change}")
            if number > SHOWN and not all_entries:
                self.stdout.write(f"    … dan {number - SHOWN} lagi")
