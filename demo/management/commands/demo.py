from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.activities import ACCOUNTS, PASSWORD, Demonstration, give_new_duties, give_second_factor, is_filled
from regions.models import Region


class Command(BaseCommand):
    help = "Fill an empty portal with invented KIMs, people and posts, once."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="only print the demonstration accounts")
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--communities", type=int, default=200)
        parser.add_argument("--posts", type=int, default=3000)

    def handle(self, *args, accounts, seed, communities, posts, **options):
        if settings.HTTPS:
            raise CommandError("Akun contoh memakai kata sandi yang diketahui semua orang: hanya untuk ./kim.")
        if accounts:
            return self.print_accounts() if is_filled() else None
        if is_filled():
            return give_new_duties()
        if not Region.objects.exists():
            raise CommandError("Muat daftar wilayah dahulu: manage.py load_regions")
        demonstration = Demonstration(seed, tell=self.tell)
        demonstration.fill(communities=communities, posts=posts)

    def tell(self, text):
        self.stdout.write(text)
        self.stdout.flush()

    def print_accounts(self):
        if settings.DEMO_SECRET:
            give_second_factor()
        self.stdout.write(f"\n  Akun percontohan (kata sandi {PASSWORD})")
        for email, _name, what in ACCOUNTS:
            self.stdout.write(f"    {email:<28} {what}")
