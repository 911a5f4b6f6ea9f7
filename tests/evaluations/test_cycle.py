"""A cycle goes from its plan to its results by verbs alone, each refused where it must be."""

from datetime import timedelta

import pytest
from conftest import JUNE, make_officer, make_user
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.lifecycle import StepRefused
from accounts.models import AuditEntry, Notice
from activities.models import Post
from communities.models import Community
from evaluations.computing import compute
from evaluations.models import Cycle, Objection, Score, Selection


@pytest.fixture
def objecting(mekar, make_cycle, make_scores):
    """Within its term of objection, with the score of Mekar."""
    return make_scores(make_cycle(status="objection")).scores.get(community=mekar)


def past(cycle):
    """The day after its term of objection."""
    Cycle.objects.filter(pk=cycle.pk).update(objections_until=timezone.localdate() - timedelta(days=1))
    cycle.refresh_from_db()


def test_the_whole_life(mekar, make_cycle, make_rules, made, places):
    cycle = make_cycle(status="planned", rule_set=make_rules(status="draft", region=places["64.02"]))

    cycle.open(by=made)
    assert cycle.rule_set.is_frozen
    cycle.ask_to_compute(by=made)
    compute(cycle.pk)
    cycle.refresh_from_db()
    assert cycle.status == "computed"
    cycle.open_objections(by=made)
    assert cycle.takes_objections
    with pytest.raises(StepRefused, match="belum berakhir"):
        cycle.freeze(by=made)
    past(cycle)
    cycle.freeze(by=made)
    cycle.publish(by=made)

    assert cycle.is_public
    assert [step.to for step in cycle.steps.all()] == ["open", "computed", "objection", "frozen", "published"]
    assert list(Cycle.objects.published()) == [cycle]


@pytest.mark.parametrize("verb", ["open", "ask_to_compute", "open_objections", "freeze", "publish"])
def test_only_the_officer_of_the_region_moves_it(make_cycle, ratna, verb):
    cycle = make_cycle(status="planned")

    with pytest.raises(StepRefused, match="petugas evaluasi"):
        getattr(cycle, verb)(by=ratna)


@pytest.mark.parametrize("verb", ["open_objections", "freeze", "publish"])
def test_no_step_is_skipped(make_cycle, made, verb):
    with pytest.raises(StepRefused):
        getattr(make_cycle(), verb)(by=made)


def test_national_rules_that_are_a_draft_are_not_frozen_by_opening(make_cycle, make_rules, made):
    cycle = make_cycle(status="planned", rule_set=make_rules(status="draft"))

    with pytest.raises(StepRefused, match="kementerian"):
        cycle.open(by=made)

    cycle.refresh_from_db()
    assert cycle.status == "planned"


def test_objections_do_not_begin_before_the_period_is_over(make_cycle, made):
    year = timezone.localdate().year + 1
    cycle = make_cycle(status="computed", year=year)

    with pytest.raises(StepRefused, match=f"Masa penilaian belum berakhir: hari terakhirnya 31 Desember {year}"):
        cycle.open_objections(by=made)


def test_scores_from_before_the_end_of_the_period_are_no_result(mekar, make_cycle, make_scores, made):
    cycle = make_scores(make_cycle())
    early = cycle.period.until - timedelta(seconds=1)
    Cycle.objects.filter(pk=cycle.pk).update(computed_at=early)
    cycle.refresh_from_db()

    with pytest.raises(StepRefused, match="Hitung sekali lagi"):
        cycle.open_objections(by=made)

    make_scores(cycle).open_objections(by=made)
    assert cycle.status == "objection"


@pytest.mark.parametrize("number", [0, 1])
def test_a_region_with_one_kim_or_none_has_its_results_too(make_cycle, make_community, made, number):
    for name in range(number):
        make_community(f"KIM {name}")
    cycle = make_cycle()

    cycle.ask_to_compute(by=made)
    compute(cycle.pk)
    cycle.refresh_from_db()
    cycle.open_objections(by=made)
    past(cycle)
    cycle.freeze(by=made)
    cycle.publish(by=made)

    assert [score.rank for score in cycle.scores.all()] == [1] * number


def test_what_is_taken_down_after_freezing_changes_no_score(mekar, make_post, make_cycle, make_scores, made):
    post = make_post(published_at=JUNE)
    cycle = make_scores(make_cycle(status="frozen"))
    before = cycle.scores.get().canonical

    Post.objects.filter(pk=post.pk).update(status="hidden")
    with pytest.raises(StepRefused):
        cycle.ask_to_compute(by=made)
    compute(cycle.pk)

    assert cycle.scores.get().canonical == before


def test_nothing_moves_on_while_the_worker_computes(make_cycle, make_scores, mekar, made):
    cycle = make_scores(make_cycle())
    cycle.ask_to_compute(by=made)

    with pytest.raises(StepRefused, match="masih dihitung"):
        cycle.open_objections(by=made)


def test_a_cycle_is_of_a_regency_a_province_or_the_country_and_by_rules_that_hold_there(make_cycle, make_rules, places):
    low = Cycle(region=places["64.02.02"], year=2025, rule_set=make_rules())
    foreign = Cycle(region=places["64.02"], year=2025, rule_set=make_rules(title="Lain", region=places["64.71"]))

    for cycle, field in ((low, "region"), (foreign, "rule_set")):
        with pytest.raises(ValidationError) as refused:
            cycle.clean()
        assert field in refused.value.message_dict


def test_there_is_one_cycle_of_a_period(make_cycle):
    make_cycle()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_cycle()


# Objections


def test_a_board_objects_within_the_term_and_reads_the_answer(objecting, siti, made, dewi):
    objection = Objection.objects.make(objecting, "Galeri Juni belum dihitung.", by=siti)
    assert Notice.objects.filter(user=made, title__startswith="Sanggahan baru").exists()
    with pytest.raises(StepRefused, match="masih menunggu"):
        Objection.objects.make(objecting, "Lagi.", by=siti)

    past(objecting.cycle)
    with pytest.raises(StepRefused, match="belum dijawab"):
        objecting.cycle.freeze(by=made)
    objection.answer(by=made, reply="Akan dihitung ulang.", is_granted=True)

    assert objection.status == "granted"
    assert Notice.objects.filter(user=siti, text="Akan dihitung ulang.").exists()
    with pytest.raises(StepRefused, match="Hitung sekali lagi"):
        objecting.cycle.freeze(by=made)
    objecting.cycle.ask_to_compute(by=made)
    compute(objecting.cycle_id)
    objecting.cycle.refresh_from_db()
    objecting.cycle.freeze(by=made)


def test_an_objection_after_its_term_or_by_a_stranger_is_refused(objecting, siti, joko):
    with pytest.raises(StepRefused, match="pengurus"):
        Objection.objects.make(objecting, "Tidak adil.", by=joko)
    past(objecting.cycle)
    with pytest.raises(StepRefused, match="tidak sedang berjalan"):
        Objection.objects.make(objecting, "Terlambat.", by=siti)


def test_a_board_says_it_otherwise_or_takes_it_back_within_the_term_and_the_officers_are_told(objecting, siti, made):
    objection = Objection.objects.make(objecting, "Galeri Juni.", by=siti)
    indicator = objecting.cycle.rule_set.indicators.get(word="publikasi")

    objection.change("Galeri Juli.", by=siti, indicator=indicator)
    assert (objection.text, objection.indicator, objection.status) == ("Galeri Juli.", indicator, "waiting")
    objection.withdraw(by=siti)

    assert objection.status == "withdrawn"
    told = Notice.objects.filter(user=made, path=objection.desk_path).order_by("pk")
    assert [notice.title.partition(":")[0] for notice in told] == [
        *["Sanggahan baru", "Sanggahan diubah", "Sanggahan ditarik kembali"]
    ]
    trail = AuditEntry.objects.about(objection).order_by("pk").values_list("deed", flat=True)
    assert list(trail) == ["INSERT", "UPDATE", "UPDATE"]
    with pytest.raises(StepRefused, match="ditarik kembali"):
        objection.answer(by=made, reply="Baik.", is_granted=True)
    Objection.objects.make(objecting, "Yang lain.", by=siti)


@pytest.mark.parametrize("deed", ["change", "withdraw"])
def test_it_stays_as_it_is_for_strangers_after_the_term_and_once_answered(objecting, siti, joko, made, deed):
    objection = Objection.objects.make(objecting, "Kurang.", by=siti)
    told = ["Tidak jadi."] if deed == "change" else []

    def refused(by, sentence):
        with pytest.raises(StepRefused, match=sentence):
            getattr(objection, deed)(*told, by=by)
        objection.refresh_from_db()
        return objection.text == "Kurang."

    assert refused(joko, "pengurus")
    past(objecting.cycle)
    assert refused(siti, "tidak sedang berjalan")
    Cycle.objects.update(objections_until=timezone.localdate() + timedelta(days=2))
    objection.answer(by=made, reply="Sudah benar.", is_granted=False)
    assert refused(siti, "sudah dijawab")


def test_whoever_computed_it_does_not_answer_where_another_officer_can(objecting, siti, made, places):
    Cycle.objects.filter(pk=objecting.cycle_id).update(computed_by=made)
    objection = Objection.objects.make(objecting, "Kurang.", by=siti)
    objection.refresh_from_db()
    alone = objection.decided_by(made)

    komang = make_officer("Komang", places["64.02"])

    assert alone
    with pytest.raises(StepRefused, match="petugas evaluasi lain"):
        objection.answer(by=made, reply="Tidak.", is_granted=False)
    objection.answer(by=komang, reply="Sudah benar.", is_granted=False)
    assert (objection.status, objection.answered_by) == ("denied", komang)
    with pytest.raises(StepRefused, match="sudah dijawab"):
        objection.answer(by=komang, reply="Lagi.", is_granted=True)


def test_granting_lets_the_scores_be_computed_anew_within_the_term(objecting, made):
    objecting.cycle.ask_to_compute(by=made)
    compute(objecting.cycle_id)

    objecting.cycle.refresh_from_db()
    assert objecting.cycle.status == "objection"


# Selection


def test_a_kim_is_put_forward_from_regency_to_province_to_nation(objecting, siti, made, dewi, places):
    agus = make_officer("Agus", places["64"])
    with pytest.raises(StepRefused, match="belum diumumkan"):
        Selection.objects.put_forward(objecting, by=made)
    Cycle.objects.filter(pk=objecting.cycle_id).update(status="published", published_at=timezone.now())
    objecting.cycle.refresh_from_db()

    with pytest.raises(StepRefused, match="petugas evaluasi"):
        Selection.objects.put_forward(objecting, by=agus)
    row = Selection.objects.put_forward(objecting, by=made)
    with pytest.raises(StepRefused, match="sudah diajukan"):
        Selection.objects.put_forward(objecting, by=made)
    with pytest.raises(StepRefused, match="di tingkat itu"):
        row.accept(by=made)
    with pytest.raises(StepRefused, match="terpilih di provinsi"):
        row.put_on(by=agus)
    row.accept(by=agus)
    last = row.put_on(by=agus)
    last.decline(by=dewi, note="Kuota penuh.")

    assert (row.to_region.code, last.to_region.code, last.former) == ("64", "0", row)
    assert (last.status, last.reason) == ("declined", "Kuota penuh.")
    assert Notice.objects.filter(user=siti, text="Kuota penuh.").exists()
    assert Notice.objects.filter(user=make_user("Lain")).count() == 0


def test_who_put_a_kim_forward_is_led_to_the_desk_and_its_board_to_its_room(
    objecting, siti, made, places, client, with_second_factor
):
    Cycle.objects.filter(pk=objecting.cycle_id).update(status="published", published_at=timezone.now())
    objecting.cycle.refresh_from_db()
    row = Selection.objects.put_forward(objecting, by=made)

    row.accept(by=make_officer("Agus", places["64"]))

    for person in (siti, with_second_factor(made)):
        client.force_login(person)
        notice = person.notices.get(title__contains="terpilih")
        assert client.get(reverse("notice_open", args=[notice.pk]), follow=True).status_code == 200
    assert made.notices.get(title__contains="terpilih").path == row.desk_path


@pytest.mark.parametrize("status", ["dissolved", "merged", "suspended"])
def test_a_kim_that_no_longer_stands_is_not_put_forward(objecting, made, mekar, make_community, status):
    Cycle.objects.filter(pk=objecting.cycle_id).update(status="published", published_at=timezone.now())
    into = {"merged_into": make_community("KIM Tujuan")} if status == "merged" else {}
    Community.objects.filter(pk=mekar.pk).update(status=status, **into)
    score = Score.objects.get(pk=objecting.pk)

    with pytest.raises(StepRefused, match="tidak berdiri lagi"):
        Selection.objects.put_forward(score, by=made)

    assert not score.may_be_put_forward
