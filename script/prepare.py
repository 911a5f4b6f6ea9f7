"""What a database needs before the site is shown: manage.py, with Django loaded once."""

import os

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    for command in ("migrate --verbosity 0", "load_regions", "demo", "fold_counts --verbosity 0", "demo --accounts"):
        execute_from_command_line(["manage.py", *command.split()])
