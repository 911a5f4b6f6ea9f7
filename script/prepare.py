"""What a database needs before the site is shown: manage.py, with Django loaded once."""

import os
import sys

from django.core.management import execute_from_command_line
from environs import EnvError

COMMANDS = ("migrate --verbosity 0", "load_regions", "demo", "fold_counts --verbosity 0", "demo --accounts")

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    try:
        for command in COMMANDS:
            execute_from_command_line(["manage.py", *command.split()])
    except EnvError as refusal:  # one sentence that names the variable
        sys.exit(str(refusal))
