"""The desk of evaluations: rules written and frozen, cycles moved, scores with their rows, weights tried."""

import re
from decimal import Decimal

import pytest
from conftest import JUNE, make_officer
from django.urls import reverse

from evaluations import trying
from evaluations.models import Cycle, Indicator, Objection, RuleSet, Selection

pytestmark = pytest.mark.django_db

# What the button of a page without fields sends.
YES = {"ya": ""}


def written(indicators, classes=(("pemula", 0), ("berkembang", 40), ("maju", 60), ("mandiri", 80)), **facts):
    """The form of a new rule set, with rows of (word, formula, weight)."""
    form = {"title": "Aturan kabupaten", "most_a_day": 1, "reason": ""} | facts
    form |= {"indicators-TOTAL_FORMS": len(indicators), "indicators-INITIAL_FORMS": 0}
    form |= {"thresholds-TOTAL_FORMS": len(classes), "thresholds-INITIAL_FORMS": 0}
    for number, (word, formula, weight) in enumerate(indicators):
        row = {"position": number, "word": word, "label": word, "formula": formula, "weight": weight, "cap": 10}
        form |= {f"indicators-{number}-{name}": value for name, value in row.items()}
    for number, (name, least) in enumerate(classes):
        form |= {f"thresholds-{number}-name": name, f"thresholds-{number}-least": least}
    return form


HALVES = [("berita", "berita", 50), ("galeri", "galeri", 50)]


def test_an_officer_writes_rules_for_the_own_region(desk, places):
    answer = desk.post(reverse("admin:evaluations_ruleset_add"), written(HALVES, region=places["64.02"].pk))

    rules = RuleSet.objects.get(title="Aturan kabupaten")
    assert answer.status_code == 302
    assert (rules.region.code, rules.status, rules.indicators.count()) == ("64.02", "draft", 2)


@pytest.mark.parametrize(
    ("indicators", "said"),
    [
        ([("berita", "berita", 60)], "Jumlah bobotnya 60"),
        ([("berita", "beritaa", 100)], "Tidak ada fakta bernama “beritaa”"),
        ([("berita", "berita / galeri", 100)], "dapat menjadi nol"),
        ([("berita", "12", 100)], "tidak menyebut satu fakta"),
        ([("Berita Baru", "berita", 100)], "Pakai huruf kecil"),
        ([("berita", "berita", -5), ("galeri", "galeri", 105)], "errorlist"),
        ([("berita", "berita", 50), ("berita", "galeri", 50)], "Kata ini sudah dipakai indikator lain."),
    ],
)
def test_what_is_wrong_with_rules_is_said_and_nothing_is_kept(desk, places, indicators, said):
    answer = desk.post(reverse("admin:evaluations_ruleset_add"), written(indicators, region=places["64.02"].pk))

    assert answer.status_code == 200
    assert said in answer.text
    assert not RuleSet.objects.filter(title="Aturan kabupaten").exists()


@pytest.mark.parametrize("name", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("typed", [None, "", "abc", "-1", "99999"])
def test_rows_whose_page_lost_their_number_come_back_with_one_sentence_of_ours(desk, places, name, typed):
    form = written(HALVES, region=places["64.02"].pk)
    form.pop(f"indicators-{name}")
    form |= {} if typed is None else {f"indicators-{name}": typed}

    answer = desk.post(reverse("admin:evaluations_ruleset_add"), form)

    assert answer.text.count("Halaman ini tidak lengkap terkirim") == 1
    assert not re.search("Isian tersembunyi|Hidden field|ManagementForm|Masukkan|Jumlah bobotnya", answer.text)
    for number, (word, _formula, _weight) in enumerate(HALVES):
        assert re.search(rf'name="indicators-{number}-word" value="{word}"', answer.text)
    assert 'name="indicators-TOTAL_FORMS" value="2"' in answer.text
    assert not RuleSet.objects.filter(title="Aturan kabupaten").exists()


def test_rules_of_the_country_or_of_elsewhere_are_not_an_officers_to_write(desk, places):
    for region in ("", places["64.71"].pk):
        answer = desk.post(reverse("admin:evaluations_ruleset_add"), written(HALVES, region=region))
        assert 'class="errorlist"' in answer.text

    assert not RuleSet.objects.filter(title="Aturan kabupaten").exists()


def test_rules_are_frozen_and_copied_by_their_own_pages(desk, make_rules, places):
    rules = make_rules(status="draft", region=places["64.02"])
    assert "Bekukan aturan" in desk.get(rules.desk_path).text

    desk.post(reverse("admin:evaluations_ruleset_deed", args=[rules.pk, "bekukan"]), YES)
    rules.refresh_from_db()
    assert rules.is_frozen
    page = desk.get(rules.desk_path).text
    assert 'name="title"' not in page
    desk.post(reverse("admin:evaluations_ruleset_deed", args=[rules.pk, "salin"]), {"region": places["64.02"].pk})

    assert rules.copies.get().version == 2


def test_drafts_of_others_and_national_drafts_are_not_seen(desk, make_rules, places):
    foreign = make_rules(status="draft", title="Asing", region=places["64.71"])
    national = make_rules(status="draft", title="Nasional")

    assert desk.get(foreign.desk_path).status_code == desk.get(national.desk_path).status_code == 404
    assert "Aturan nasional evaluasi KIM 2026" in desk.get(reverse("admin:evaluations_ruleset_changelist")).text


def planned(region, rules, **facts):
    rows = {f"{name}-{part}_FORMS": 0 for name in ("criteria", "jurors") for part in ("TOTAL", "INITIAL")}
    return (
        {"region": region.pk, "year": 2026, "span": "year", "rule_set": rules.pk, "objection_days": 10} | rows | facts
    )


def test_a_cycle_is_planned_for_the_own_region_alone(desk, places, make_rules, made):
    add, rules = reverse("admin:evaluations_cycle_add"), make_rules()

    refused = desk.post(add, planned(places["64.71"], rules))
    desk.post(add, planned(places["64.02"], rules))
    again = desk.post(add, planned(places["64.02"], rules, objection_days=12))

    assert refused.status_code == 200
    assert Cycle.objects.get().created_by == made
    assert "sudah ada" in again.text


def test_a_plan_offers_the_rules_that_the_officer_reads(desk, make_rules, places):
    own = make_rules(status="draft", title="Aturan sendiri", region=places["64.02"])
    make_rules(status="draft", title="Draf tetangga", region=places["64.71"])
    make_rules(status="draft", title="Draf kementerian")

    page = desk.get(reverse("admin:evaluations_cycle_add")).text

    assert str(own) in page
    assert "Aturan nasional evaluasi KIM 2026" in page
    assert "Draf" not in page


def test_two_officers_who_compute_at_once_let_it_be_computed_once(desk, mekar, make_cycle):
    cycle = make_cycle()
    url = reverse("admin:evaluations_cycle_deed", args=[cycle.pk, "hitung"])

    first, second = desk.post(url, YES), desk.post(url, YES)

    cycle.refresh_from_db()
    assert (first.status_code, second.status_code, cycle.run) == (302, 409, 1)
    assert "masih dihitung" in second.text or "tidak berlaku" in second.text


@pytest.mark.parametrize("facts", [{"year": 1812}, {"objection_days": 0}, {"rule_set": 0}, {"span": "windu"}])
def test_a_plan_that_cannot_be_is_refused_beside_its_field(desk, places, make_rules, facts):
    answer = desk.post(reverse("admin:evaluations_cycle_add"), planned(places["64.02"], make_rules(), **facts))

    assert 'class="errorlist"' in answer.text
    assert not Cycle.objects.exists()


@pytest.mark.parametrize(("facts", "least"), [({"year": -1}, 2020), ({"objection_days": -3}, 1)])
def test_who_plans_it_is_told_the_least_number_that_counts(desk, places, make_rules, facts, least):
    answer = desk.post(reverse("admin:evaluations_cycle_add"), planned(places["64.02"], make_rules(), **facts))

    assert f"paling sedikit {least}." in answer.text
    assert "sama dengan 0." not in answer.text


def test_each_step_has_a_page_that_says_what_will_happen(desk, mekar, make_cycle, django_capture_on_commit_callbacks):
    cycle = make_cycle(status="planned")
    opening = reverse("admin:evaluations_cycle_deed", args=[cycle.pk, "buka"])

    assert "Aturannya dibekukan" in desk.get(opening).text
    desk.post(opening, YES)
    assert desk.post(reverse("admin:evaluations_cycle_deed", args=[cycle.pk, "umumkan"]), YES).status_code == 409
    desk.post(reverse("admin:evaluations_cycle_deed", args=[cycle.pk, "hitung"]), YES)

    cycle.refresh_from_db()
    assert (cycle.status, cycle.is_computing) == ("open", True)
    assert "sedang dihitung" in desk.get(cycle.desk_path).text
    assert desk.get(reverse("admin:evaluations_cycle_deed", args=[cycle.pk, "terbang"])).status_code == 404


@pytest.fixture
def computed(mekar, make_community, make_post, make_cycle, make_scores):
    other = make_community("KIM Bahari")
    for day in range(1, 5):
        make_post(published_at=JUNE.replace(day=day), title=f"Panen {day}")
    for month in range(1, 7):
        make_post(published_at=JUNE.replace(month=month), community=other)
    return make_scores(make_cycle())


def test_one_kim_shows_each_number_with_the_rows_behind_it(desk, computed, mekar):
    score = computed.scores.get(community=mekar)

    page = desk.get(score.desk_path).text
    rows = desk.get(reverse("admin:evaluations_score_fact", args=[score.pk, "berita"])).text

    assert "berita yang terbit: 4" in page
    assert "berita + galeri" in page
    assert all(f"Panen {day}" in rows for day in range(1, 5))
    assert desk.get(reverse("admin:evaluations_score_fact", args=[score.pk, "entah"])).status_code == 404
    assert desk.post(score.desk_path, {}).status_code == 403


def test_scores_are_those_of_the_own_region(client, computed, ratna, with_second_factor):
    client.force_login(with_second_factor(ratna))

    assert "KIM Bahari" not in client.get(reverse("admin:evaluations_score_changelist")).text
    assert client.get(computed.scores.first().desk_path).status_code == 404


def weights(**changed):
    return {"publikasi": 50, "keteraturan": 30, "pembinaan": 20} | changed


def test_other_weights_show_whom_they_would_move_and_keep_nothing(desk, computed, make_cycle):
    plan = make_cycle(status="planned", year=2026)
    url = reverse("admin:evaluations_cycle_try", args=[plan.pk])
    before = list(computed.scores.values_list("pk", "total", "rank"))

    same = desk.get(url, weights()).text
    moved = desk.get(url, weights(publikasi=80, keteraturan=1, pembinaan=19)).text

    assert "Tidak ada KIM yang berpindah" in same
    assert "0 dari 2 KIM" in same
    assert "KIM" in moved
    assert list(computed.scores.values_list("pk", "total", "rank")) == before
    assert set(Indicator.objects.filter(rule_set=plan.rule_set).values_list("weight", flat=True)) == {50, 30, 20}


def test_moves_tell_old_and_new_rank_and_class(computed, mekar, make_post):
    # Mekar: 4 posts in 1 month, the other 6 posts in 6: 22.50 and 45.00 of 100.
    moves = {move.community: move for move in trying.moves(computed, computed, {
        "publikasi": Decimal(10), "keteraturan": Decimal(90), "pembinaan": Decimal(0),
    })}  # fmt: skip

    move = moves[mekar.pk]
    assert (str(move.old_total), str(move.new_total)) == ("22.50", "11.50")
    assert (move.old_rank, move.new_rank) == (2, 2)
    assert {move.old_class for move in moves.values()} == {"pemula", "berkembang"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"publikasi": 60}, "Jumlah bobotnya 110"),
        ({"publikasi": ""}, "Tulis bobotnya"),
        ({"publikasi": "banyak"}, "errorlist"),
        ({"publikasi": -10, "keteraturan": 90}, "errorlist"),
        ({"publikasi": "NaN"}, "errorlist"),
    ],
)
def test_weights_that_cannot_be_are_refused_beside_their_field(desk, computed, changed, said):
    answer = desk.get(reverse("admin:evaluations_cycle_try", args=[computed.pk]), weights(**changed))

    assert answer.status_code == 200
    assert said in answer.text
    assert "Yang berubah" not in answer.text


def test_where_nothing_was_computed_the_page_says_what_to_do(desk, make_cycle):
    page = desk.get(reverse("admin:evaluations_cycle_try", args=[make_cycle(status="planned").pk])).text

    assert "Belum ada fakta" in page


def test_trying_costs_as_many_queries_for_many_kim_as_for_few(desk, computed, make_community, make_scores,
                                                             django_assert_max_num_queries):  # fmt: skip
    for number in range(6):
        make_community(f"KIM {number}")
    make_scores(computed)

    with django_assert_max_num_queries(20):
        desk.get(reverse("admin:evaluations_cycle_try", args=[computed.pk]), weights(publikasi=80, keteraturan=0))


def test_an_objection_is_answered_on_its_page(desk, mekar, siti, make_cycle, make_scores):
    score = make_scores(make_cycle(status="objection")).scores.get()
    objection = Objection.objects.make(score, "Galeri belum dihitung.", by=siti)
    url = reverse("admin:evaluations_objection_deed", args=[objection.pk, "jawab"])

    assert "Galeri belum dihitung." in desk.get(url).text
    assert "Pilih keputusannya" in desk.post(url, {"reply": "Sudah."}).text
    desk.post(url, {"reply": "Sudah dihitung.", "verdict": "denied"})

    objection.refresh_from_db()
    assert (objection.status, objection.reply) == ("denied", "Sudah dihitung.")


def test_a_kim_is_put_forward_and_chosen_on_their_pages(desk, client, mekar, make_cycle, make_scores, places,
                                                        with_second_factor):  # fmt: skip
    score = make_scores(make_cycle(status="published")).scores.get()
    assert "Ajukan ke tingkat berikutnya" in desk.get(score.desk_path).text
    desk.post(reverse("admin:evaluations_score_deed", args=[score.pk, "ajukan"]), YES)
    row = Selection.objects.get()

    client.force_login(with_second_factor(make_officer("Agus", places["64"])))
    assert "Terima" in client.get(row.desk_path).text
    client.post(reverse("admin:evaluations_selection_deed", args=[row.pk, "terima"]), YES)

    row.refresh_from_db()
    assert row.status == "accepted"


def test_the_first_page_of_the_desk_lists_what_is_under_way(desk, make_cycle):
    cycle = make_cycle()

    assert cycle.desk_path in desk.get(reverse("admin:index")).text


def test_each_field_of_a_row_says_what_it_is(desk, make_cycle):
    page = desk.get(reverse("admin:evaluations_cycle_change", args=[make_cycle(status="planned").pk])).text

    assert 'name="criteria-0-label"' in page or 'name="criteria-__prefix__-label"' in page
    assert 'aria-label="Kriteria"' in page
