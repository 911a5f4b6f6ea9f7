"""`manage.py grant_rights kim`: signed in as the owner of the tables, after each `migrate`."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.rights import CannotGrant, grant


class Command(BaseCommand):
    help = "Give a database role all that the portal needs and nothing more; run it as the owner after each migrate."

    def add_arguments(self, parser):
        parser.add_argument("role", help="the role that the portal signs in as")

    def handle(self, *, role, **options):
        try:
            grant(role, connection)
        except CannotGrant as refusal:
            raise CommandError(refusal) from refusal
        self.stdout.write(f"{role} may read and write rows, and add to the audit trail.")
