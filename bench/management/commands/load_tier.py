import time

import psycopg
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from bench.tiers import TIERS, fill
from communities.models import Community
from regions.loading import many_small_objects


class Command(BaseCommand):
    help = "Isi basis data tersendiri dengan KIM dan kegiatan rekaan sebanyak satu tingkat, untuk mengukur kinerja."

    def add_arguments(self, parser):
        parser.add_argument("tier", choices=TIERS)
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--again", action="store_true", help="hapus dahulu tingkat ini bila sudah ada")

    def handle(self, *, tier, seed, again, **options):
        self.started = time.monotonic()
        self.refuse_other_than_superuser()
        name = f"{connection.settings_dict['NAME']}_tier_{tier.lower()}"
        self.create(name, again)
        self.move_to(name)
        with many_small_objects():
            call_command("migrate", verbosity=0)
        call_command("load_regions", stdout=self.stdout)
        if Community.objects.exists():
            raise CommandError(f"{name} sudah terisi; --again menghapus dan mengisinya lagi.")
        fill(*TIERS[tier], seed, tell=self.tell)
        self.tell("Merapikan")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        self.tell(f"{tier} siap di basis data {name}")

    def refuse_other_than_superuser(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
            [(may_switch_triggers_off,)] = cursor.fetchall()
        if not may_switch_triggers_off:
            raise CommandError("Pemicu dimatikan selama mengisi, dan itu memerlukan peran superuser di PostgreSQL.")

    def create(self, name, again):
        quoted = connection.ops.quote_name(name)
        with connection.cursor() as cursor:
            if again:
                # Who was stopped may have left a session that still makes an index.
                cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
            try:
                cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'")
            except Exception as error:
                if not isinstance(error.__cause__, psycopg.errors.DuplicateDatabase):
                    raise
            # As docs/deploy.md says for every database of the portal.
            cursor.execute(f"ALTER DATABASE {quoted} SET random_page_cost = 1.1")

    def move_to(self, name):
        """From here on, this process knows no other database."""
        connection.close()
        connection.close_pool()
        connection.settings_dict["NAME"] = name

    def tell(self, words):
        seconds = time.monotonic() - self.started
        self.stdout.write(f"{seconds:6.1f} s  {words}")
        self.stdout.flush()
