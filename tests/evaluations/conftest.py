"""An evaluation of 2025 in Kutai Kartanegara by three plain indicators."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from evaluations.computing import compute
from evaluations.models import Cycle, RuleSet

# In the middle of what is evaluated.
JUNE = datetime(2025, 6, 10, 3, 0, tzinfo=UTC)

PARTS = [
    ("publikasi", "berita + galeri", 50, 10),
    ("keteraturan", "bulan_aktif", 30, 12),
    ("pembinaan", "pembinaan", 20, 2),
]
CLASSES = {"pemula": 0, "berkembang": 40, "maju": 60, "mandiri": 80}


@pytest.fixture
def make_rules(db):
    def make(parts=PARTS, classes=CLASSES, status="frozen", **facts):
        rules = RuleSet.objects.create(title=facts.pop("title", "Aturan lomba"), **facts)
        for position, (word, formula, weight, cap) in enumerate(parts, 1):
            rules.indicators.create(
                position=position, word=word, label=word.title(), formula=formula,
                weight=Decimal(weight), cap=Decimal(cap),
            )  # fmt: skip
        for name, least in classes.items():
            rules.thresholds.create(name=name, least=Decimal(least))
        if status == "frozen":
            RuleSet.objects.filter(pk=rules.pk).update(status=status, frozen_at=timezone.now())
            rules.refresh_from_db()
        return rules

    return make


@pytest.fixture
def make_cycle(places, make_rules):
    def make(status="open", region="64.02", year=2025, **facts):
        facts.setdefault("rule_set", RuleSet.objects.filter(title="Aturan lomba").first() or make_rules())
        if status in Cycle.TOLD:
            facts.setdefault("objections_until", timezone.localdate() + timedelta(days=14))
        if status == "published":
            facts.setdefault("published_at", timezone.now())
        return Cycle.objects.create(region=places[region], year=year, status=status, **facts)

    return make


@pytest.fixture
def make_scores():
    """Compute a cycle in whatever status it is, as the worker does."""

    def make(cycle):
        kept = {"status": cycle.status}
        asked = {"computing_at": timezone.now(), "computed_to": 0}
        Cycle.objects.filter(pk=cycle.pk).update(status="open", run=cycle.run + 1, **asked)
        compute(cycle.pk)
        Cycle.objects.filter(pk=cycle.pk).update(**kept if kept["status"] != "open" else {"status": "computed"})
        cycle.refresh_from_db()
        return cycle

    return make
