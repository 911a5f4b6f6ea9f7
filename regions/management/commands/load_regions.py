import gc
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from regions.editions import BUNDLED, Edition, fingerprint, missing_from_pack, name_of
from regions.loading import compare, is_loaded, load, standing_regions
from regions.tables import FileRefused

# How a difference is told: its name, and the words for one entry.
STORY = {
    "added": ("baru", lambda row: f"{row.code} {row.name}"),
    "retired": ("tidak berlaku lagi", lambda was: f"{was.code} {was.name}"),
    "revived": ("berlaku kembali", lambda pair: f"{pair[1].code} {pair[1].name}"),
    "recoded": ("berganti kode", lambda pair: f"{pair[0].code} > {pair[1].code} {pair[1].name}"),
    "renamed": ("berganti nama", lambda pair: f"{pair[1].code} {pair[0].name} > {pair[1].name}"),
    "reparented": ("berpindah induk", lambda pair: f"{pair[0].code} > {pair[1].code} {pair[1].name}"),
    "kind_changed": ("berganti jenis", lambda pair: f"{pair[1].code} {pair[1].name}: {pair[0].kind} > {pair[1].kind}"),
    "located": ("berganti titik atau kode pos", lambda pair: f"{pair[1].code} {pair[1].name}"),
}
SHOWN = 10


class Command(BaseCommand):
    help = "Memuat daftar resmi wilayah Indonesia; aman diulang."

    def add_arguments(self, parser):
        parser.add_argument("--file", metavar="PATH", help="daftar edisi lain (CSV dengan kolom code,name)")
        parser.add_argument("--name", help="nama edisi itu, misalnya nomor keputusannya")
        parser.add_argument("--diff", action="store_true", help="tunjukkan perubahannya tanpa memuat")

    def handle(self, **options):
        # Hundreds of thousands of small objects that all stay: looking for garbage among them takes half the time.
        gc.disable()
        try:
            self.load(**options)
        finally:
            gc.enable()

    def load(self, *, file, name, diff, **options):
        started = time.monotonic()
        path = Path(file) if file else BUNDLED
        for words in missing_from_pack():
            self.stdout.write(f"Data rujukan tidak ada: {words}.")
        try:
            if not diff and is_loaded(fingerprint(path)):
                self.stdout.write(f"{name or name_of(path)}: tidak ada perubahan.")
                return
            edition = Edition.read(path, name)
        except (OSError, FileRefused) as error:
            raise CommandError(f"Daftar wilayah tidak dapat dibaca: {error}") from error
        if diff:
            self.tell(edition, compare(standing_regions(), edition), all_entries=True)
            return
        difference = load(edition, progress=lambda words: self.stdout.write(f"{words} …"))
        self.tell(edition, difference)
        self.stdout.write(f"Selesai dalam {time.monotonic() - started:.1f} detik.".replace(".", ",", 1))

    def tell(self, edition, difference, all_entries=False):
        if not difference.counts:
            self.stdout.write(f"{edition.name}: tidak ada perubahan.")
        for key, (words, line) in STORY.items():
            entries = getattr(difference, key)
            if not entries:
                continue
            self.stdout.write(f"{edition.name}: {len(entries):,} {words}".replace(",", "."))
            if key == "added" and not difference.standing:
                continue
            shown = entries if all_entries else entries[:SHOWN]
            for entry in shown:
                self.stdout.write(f"    {line(entry)}")
            if len(shown) < len(entries):
                self.stdout.write(f"    … dan {len(entries) - len(shown)} lagi")
