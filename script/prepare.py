"""What a database needs before the site is shown: manage.py, with Django loaded once."""

import os
import sys

import django
from django.core.management import execute_from_command_line
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from environs import EnvError

from script.devdb import DevDatabase
from script.kim import PROJECT

COMMANDS = (
    *("migrate --verbosity 0", "load_regions", "demo", "fold_counts --verbosity 0"),
    *("make_words --verbosity 0", "demo --accounts"),
)
OURS = (
    *("regions", "accounts", "communities", "bulletins", "aspirations"),
    *("activities", "alerts", "evaluations", "monitoring"),
)


def refusal_of_an_old_database():
    """Why this database cannot be brought up to date, with what to do instead; None when it can."""
    loader = MigrationLoader(connection)
    gone = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    if not any(app in OURS for app, _name in gone):
        return None
    own = DevDatabase(PROJECT)
    remedy = f"hapus folder {own.home}" if own.url == os.environ["DATABASE_URL"] else "siapkan basis data yang kosong"
    return (
        "Basis data ini dari versi sebelum rilis pertama dan tidak dapat diperbarui. Untuk mulai dari awal, hentikan"
        f" Portal KIM, {remedy}, lalu jalankan lagi; isinya tidak ikut."
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    try:
        django.setup()
        if refusal := refusal_of_an_old_database():
            sys.exit(refusal)
        for command in COMMANDS:
            execute_from_command_line(["manage.py", *command.split()])
    except EnvError as refusal:  # one sentence that names the variable
        sys.exit(str(refusal))
