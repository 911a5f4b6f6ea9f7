"""Rules, names of offices and coaching: written for the own region, read from above, nothing of elsewhere."""

import pytest
from django.urls import reverse

from communities.models import CoachingEvent, FormationRule, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def national_rule(places):
    return FormationRule.objects.create(region=places["0"], kind="min_members", number=3, legal_basis="Permenkominfo")


def test_a_rule_from_above_is_read_and_not_rewritten(desk, national_rule, places):
    address = reverse("admin:communities_formationrule_change", args=[national_rule.pk])
    facts = {"region": places["64.02"].pk, "kind": "min_members", "number": 9, "legal_basis": "Perbup"}

    assert desk.get(address).status_code == 200
    assert desk.post(address, facts).status_code == 403
    national_rule.refresh_from_db()
    assert national_rule.number == 3


@pytest.mark.parametrize(("code", "written"), [("64.02", True), ("64", False), ("0", False), ("64.71", False)])
def test_rules_are_written_for_the_own_region_alone(desk, places, code, written):
    facts = {"region": places[code].pk, "kind": "min_members", "number": 9, "legal_basis": "Perbup"}

    desk.post(reverse("admin:communities_formationrule_add"), facts)

    assert FormationRule.objects.exists() == written


def test_coaching_names_own_kims_and_who_wrote_it(desk, made, mekar, make_community, places):
    foreign = make_community("KIM Rahasia", seat="64.71.01.1001")
    event = {"kind": "training", "title": "Bimtek foto", "held_on": "2026-02-01", "region": places["64.02"].pk}
    add = reverse("admin:communities_coachingevent_add")

    answer = desk.post(add, event | {"communities": [foreign.pk]})
    assert "Rahasia" not in answer.text
    assert not CoachingEvent.objects.exists()

    desk.post(add, event | {"communities": [mekar.pk]})
    written = CoachingEvent.objects.get()
    assert (written.recorded_by, list(written.communities.all())) == (made, [mekar])


@pytest.mark.parametrize("table", ["formationrule", "office"])
def test_what_ends_before_it_begins_is_refused_in_words(desk, places, table):
    facts = {
        "region": places["64.02"].pk,
        "kind": "min_age",
        "number": 17,
        "legal_basis": "Perbup",
        "name": "Diskominfo",
    }
    term = {"valid_from": "2026-08-17", "valid_until": "2026-08-16"}

    answer = desk.post(reverse(f"admin:communities_{table}_add"), facts | term)

    form = answer.context["adminform"].form
    assert form.errors == {"valid_until": ["Masa berlaku berakhir sebelum dimulai."]}
    assert 'value="2026-08-16"' in answer.text
    assert not Office.objects.exists()
    assert not FormationRule.objects.exists()
