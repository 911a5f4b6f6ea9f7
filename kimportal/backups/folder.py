"""A folder of files that says of itself what it holds: any byte that is another one is found."""

import hashlib
import json
import os
from pathlib import Path

from kimportal.backups import Refused

SUMS, SEAL, MANIFEST, DUMP, MEDIA = "SHA256SUMS", "SHA256SUMS.sha256", "manifest.json", "database.dump", "media"
FORMAT = 1


def seal(folder):
    """Write down the hash of every file in it."""
    with open(folder / SUMS, "w", encoding="utf-8", newline="\n") as sums:
        for path in files_of(folder):
            sums.write(line(path, sha256(folder / path)))
    (folder / SEAL).write_text(line(SUMS, sha256(folder / SUMS)))
    os.sync()


def verify(folder):
    """The manifest of a folder that is whole; refused when one byte of it is not the one that was written."""
    try:
        if (folder / SEAL).read_text(errors="replace") != line(SUMS, sha256(folder / SUMS)):
            raise Refused(f"{folder / SUMS} is not what {SEAL} says: this backup was changed, and nothing is done.")
    except FileNotFoundError as error:
        raise Refused(f"{folder} is no backup: {Path(error.filename).name} is missing.") from error
    number = 0
    for path, digest in listed(folder):
        number += 1
        try:
            if sha256(folder / path) != digest:
                raise Refused(f"{folder / path} is not what was backed up: nothing is done.")
        except OSError as error:
            raise Refused(f"{folder / path} cannot be read: {error.strerror}; nothing is done.") from error
    if number != sum(1 for _ in files_of(folder)):
        raise Refused(f"{folder} holds files that {SUMS} does not list: nothing is done.")
    return manifest_of(folder)


def mark_of(folder):
    """By which a backup is known among others; empty for what is none."""
    return (folder / SEAL).read_text(errors="replace") if (folder / SEAL).exists() else ""


def manifest_of(folder):
    manifest = json.loads((folder / MANIFEST).read_text())
    if manifest.get("format") != FORMAT:
        raise Refused(f"{folder} was made by another release, whose backups this one does not read.")
    return manifest


def listed(folder):
    """(path, hash) of each file that the sums name, in order and each once."""
    with open(folder / SUMS, encoding="utf-8", newline="\n") as sums:
        rows = (row.rstrip("\n").split("  ", 1) for row in sums)
        yield from ((path, digest) for digest, path in rows)


def media_of(folder):
    """(name in the storage, hash) of each file of the portal."""
    inside = f"{MEDIA}/"
    return ((path.removeprefix(inside), digest) for path, digest in listed(folder) if path.startswith(inside))


def files_of(folder):
    """The paths of all that is sealed, in one order everywhere."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = (Path(place) / name).relative_to(folder).as_posix()
            if path not in (SUMS, SEAL):
                yield path


def line(path, digest):
    return f"{digest}  {path}\n"


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
