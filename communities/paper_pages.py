"""The pages of a paper as pictures: an officer reads what a stranger sent without opening the stranger's file.

Each page is drawn when it is looked at, by a program of its own (page_drawing.py), and kept nowhere.
"""

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

DRAWER = Path(__file__).with_name("page_drawing.py")
SECONDS = 8
# How many pages a process of the portal draws at once, and how long another waits for its turn.
AT_ONCE, SECONDS_OF_WAITING = BoundedSemaphore(2), 10
# Of one paper; whoever wants to read on downloads it.
MOST_SHOWN = 20
# A stored file never changes under its name, so neither does how many pages it has.
KNOWN_FOR, UNREADABLE_FOR = 30 * 24 * 3600, 600
GONE = _(
    "Berkas ini tercatat, tetapi tidak ada di penyimpanan. "
    "Minta pengelola portal memulihkannya dari cadangan, atau unggah lagi."
)


class PageRefused(ValueError):
    """Why a page cannot be shown, as a sentence for the officer."""


def page_counts(files):
    """`{name of a file: how many pages of it can be shown}`; 0 where none can, None where the file is gone."""
    keys = {f"paper-pages-{file.name}": file for file in files if file.storage.exists(file.name)}
    known = cache.get_many(keys)
    for key in keys.keys() - known:
        known[key] = counted(keys[key])
        cache.set(key, known[key], KNOWN_FOR if known[key] else UNREADABLE_FOR)
    return dict.fromkeys(file.name for file in files) | {keys[key].name: number for key, number in known.items()}


def counted(file):
    try:
        return int(run(file))
    except (PageRefused, ValueError):
        return 0


def page_picture(file, number):
    """One page as WebP; raises PageRefused."""
    picture = run(file, str(number))
    if not picture:
        raise PageRefused(_("Halaman ini tidak dapat digambar. Unduh berkasnya untuk membacanya."))
    return picture


def run(file, *arguments):
    """What the program prints about a stored file, or nothing when it broke down or took too long."""
    if not AT_ONCE.acquire(timeout=SECONDS_OF_WAITING):
        raise PageRefused(_("Banyak berkas sedang dibaca. Coba lagi sebentar."))
    try:
        with file.storage.open(file.name) as stored:
            content = stored.read()
        command = [sys.executable, "-I", DRAWER, *arguments]
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS)
    except FileNotFoundError:
        raise PageRefused(GONE) from None
    except subprocess.TimeoutExpired:
        return b""
    finally:
        AT_ONCE.release()
    return b"" if done.returncode else done.stdout
