from django.core.management.base import BaseCommand, CommandError

from monitoring.models import DayCount, RegionCount
from regions.models import Region

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Hitung ulang dari data dan sebutkan hitungan yang berbeda; --mend membetulkannya."

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="betulkan yang berbeda")

    def handle(self, *, mend, **options):
        differing = {model: model.objects.mend() if mend else self.tell(model) for model in (RegionCount, DayCount)}
        number = sum(differing.values())
        if number and not mend:
            raise CommandError(f"{number} hitungan berbeda dari datanya; --mend membetulkannya.")
        self.stdout.write(f"{number} hitungan dibetulkan." if mend else "Semua hitungan sama dengan datanya.")

    def tell(self, model):
        """Name the first of those that differ. Returns how many do."""
        lacking = model.objects.lacking()
        codes = dict(Region.objects.filter(pk__in={row[0] for row in lacking[:MOST_SHOWN]}).values_list("pk", "code"))
        for region, *rest, amount in lacking[:MOST_SHOWN]:
            key = " ".join(str(part) for part in (codes[region], *rest) if part is not None)
            self.stderr.write(f"{model.__name__} {key}: kurang {amount}")
        return len(lacking)
