"""`manage.py move_media --from DIR`: photos and papers from a folder into the S3 store in use; `--to DIR` back."""

from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import BaseCommand, CommandError

from kimportal.backups import in_a_sentence
from kimportal.backups.restoring import stored_hash
from kimportal.backups.taking import stored_names


class Command(BaseCommand):
    help = "Copy all photos and papers between a folder and the S3 store, each compared by its hash; may be broken off."

    def add_arguments(self, parser):
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--from", type=Path, dest="source", metavar="DIR", help="from this folder into the store")
        way.add_argument("--to", type=Path, dest="target", metavar="DIR", help="from the store into this folder")

    def handle(self, *, source, target, **options):
        if isinstance(default_storage, FileSystemStorage):
            raise CommandError("S3_BUCKET names no store: there is nothing to move to or from.")
        if source and not source.is_dir():
            raise CommandError(f"{source} is no folder.")
        folder = FileSystemStorage(location=(source or target).absolute())
        try:
            with in_a_sentence():
                copied, there = copy_all(folder, default_storage) if source else copy_all(default_storage, folder)
        except KeyboardInterrupt as error:
            raise CommandError("It was broken off; the same command goes on. Nothing was deleted.") from error
        self.stdout.write(f"{copied} files copied, {there} were there; nothing was deleted.")


def copy_all(source, target):
    """`(how many were copied, how many were there with the same bytes)`; CommandError where one arrived otherwise."""
    copied = there = 0
    for name in stored_names(storage=source):
        digest = stored_hash(name, source)
        if not digest:
            continue  # deleted since it was listed
        if stored_hash(name, target) == digest:
            there += 1
            continue
        target.delete(name)  # by half, of one that was broken off
        with source.open(name) as file:
            saved = target.save(name, File(file))
        if saved != name or stored_hash(name, target) != digest:
            raise CommandError(f"{name} did not arrive as it is; nothing was deleted. Try again.")
        copied += 1
    return copied, there
