"""`manage.py make_push_key`: a key for Web Push, once for a portal; with another, telephones are linked anew."""

from base64 import urlsafe_b64encode

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print a new VAPID_PRIVATE_KEY for Web Push."

    def handle(self, **options):
        from py_vapid import Vapid

        vapid = Vapid()
        vapid.generate_keys()
        number = vapid.private_key.private_numbers().private_value.to_bytes(32)
        self.stdout.write(f"VAPID_PRIVATE_KEY={urlsafe_b64encode(number).rstrip(b'=').decode()}")
