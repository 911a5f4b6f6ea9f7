#!/usr/bin/env python
"""Django's command line; `./kim manage ...` runs it with a database at hand."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    from django.core.management import execute_from_command_line
    from environs import EnvError

    try:
        execute_from_command_line(sys.argv)
    except EnvError as refusal:  # one sentence that names the variable
        sys.exit(str(refusal))
