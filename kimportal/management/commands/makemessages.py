"""`./kim manage makemessages -l en`: gather every string into its catalogue and compile it; needs GNU gettext."""

from django.core.management import call_command
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # Nothing is guessed: a string is translated by a person or empty.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args, **options):
        # Files without lines, so that the catalogue changes only where words do.
        super().handle(*args, **options | {"add_location": "file", "no_obsolete": True})
        call_command("compilemessages", locale=options["locale"], ignore_patterns=[".*"], verbosity=0)
