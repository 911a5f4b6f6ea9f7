"""Each verb of a bulletin in each status: it works where Bulletin.REACHED_FROM says so, and nowhere else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.lifecycle import StepRefused
from accounts.models import AuditEntry
from bulletins.models import Bulletin

Status = Bulletin.Status
VERBS = sorted({verb for verbs in Bulletin.REACHED_FROM.values() for verb in verbs})
BY_THE_CLOCK = {"send_on_time", "miss", "expire"}
HOUR = timedelta(hours=1)


@pytest.fixture
def put(make_bulletin, mekar):
    """A bulletin that lacks nothing, in any status, and a moment at which the clock may do what it does."""

    def make(status, verb):
        now, facts = timezone.now(), {}
        if verb == "expire":
            facts = {"ends_at": now - HOUR, "sent_at": now - 2 * HOUR}
        if verb in ("send_on_time", "miss"):
            facts = {"send_at": now - HOUR}
        return make_bulletin(status=status, **facts)

    return make


def do(bulletin, verb, *, by):
    """A verb, with what it asks for."""
    given = {"schedule": [timezone.now() + HOUR]}.get(verb, [])
    facts = {"reason": "Tanggalnya keliru."} if verb == "recall" else {}
    getattr(bulletin, verb)(*given, **facts, **({} if verb in BY_THE_CLOCK else {"by": by}))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", list(Status))
def test_a_verb_works_where_the_table_says_so_and_nowhere_else(put, made, verb, status):
    bulletin = put(status, verb)
    leads = {to for to, verbs in Bulletin.REACHED_FROM.items() if status in verbs.get(verb, [])}

    if not leads:
        with pytest.raises(StepRefused):
            do(bulletin, verb, by=made)

        assert Bulletin.objects.get(pk=bulletin.pk).status == status
        assert not bulletin.steps.exists()
        return

    do(bulletin, verb, by=made)

    assert Bulletin.objects.get(pk=bulletin.pk).status in leads
    assert [step.to for step in bulletin.steps.all()] == [bulletin.status]


@pytest.mark.parametrize("verb", sorted({*VERBS} - BY_THE_CLOCK))
def test_only_who_speaks_for_the_office_moves_a_bulletin(put, ratna, siti, verb):
    start = Bulletin.open_to(verb)[0]
    for stranger in (ratna, siti):
        bulletin = put(start, verb)

        with pytest.raises(StepRefused):
            do(bulletin, verb, by=stranger)

        assert Bulletin.objects.get(pk=bulletin.pk).status == start


def test_an_officer_without_the_duty_does_not_speak(make_bulletin, made):
    made.assignments.update(duties=["verification"])

    with pytest.raises(StepRefused):
        make_bulletin().approve(by=made)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"text": " "}, "Tulis isinya."),
        ({"short_text": ""}, "Tulis versi pendek"),
        ({"ends_at": "2026-01-01T00:00Z"}, "sudah lewat"),
        ({"is_urgent": True}, "Lengkapi keterangan peringatan"),
        ({"text": "NIK 6402024108900001"}, "nomor pribadi"),
        ({"short_text": "KK 6402020101150002"}, "versi pendek"),
    ],
)
def test_what_is_missing_is_said_before_it_is_approved(make_bulletin, made, facts, sentence):
    bulletin = make_bulletin(**facts)
    bulletin.refresh_from_db()

    with pytest.raises(StepRefused, match=sentence):
        bulletin.approve(by=made)

    assert Bulletin.objects.get().status == Status.DRAFT


def test_a_bulletin_for_nowhere_is_not_approved(make_bulletin, made):
    bulletin = make_bulletin()
    bulletin.regions.clear()

    with pytest.raises(StepRefused, match="Pilih wilayah tujuan"):
        bulletin.approve(by=made)


def test_what_was_changed_after_it_was_read_is_not_approved(make_bulletin, made, places):
    bulletin = make_bulletin()
    read = Bulletin.objects.get()
    bulletin.text = "Sudah lain."
    bulletin.write(by=made, regions=[places["64.02"]])

    with pytest.raises(StepRefused):
        read.approve(by=made)


@pytest.mark.parametrize("ends", [None, 1])
@pytest.mark.parametrize("minutes", [-1, 0])
def test_nothing_is_scheduled_in_the_past(make_bulletin, made, minutes, ends):
    bulletin = make_bulletin(status="approved", ends_at=ends and timezone.now() + HOUR)

    with pytest.raises(StepRefused, match="sudah lewat"):
        bulletin.schedule(timezone.now() + timedelta(minutes=minutes), by=made)


def test_nothing_is_scheduled_for_when_it_is_over(make_bulletin, made):
    bulletin = make_bulletin(status="approved", ends_at=timezone.now() + HOUR)

    with pytest.raises(StepRefused, match="sudah berakhir"):
        bulletin.schedule(timezone.now() + HOUR, by=made)


def test_what_is_over_is_not_sent(make_bulletin, made, mekar):
    bulletin = make_bulletin(status="approved", ends_at=timezone.now() - HOUR)

    with pytest.raises(StepRefused, match="sudah lewat"):
        bulletin.send(by=made)


def test_what_is_for_nobody_is_not_sent(make_bulletin, made):
    bulletin = make_bulletin(status="approved")

    with pytest.raises(StepRefused, match="Tidak ada KIM"):
        bulletin.send(by=made)

    assert Bulletin.objects.get().status == Status.APPROVED


@pytest.mark.parametrize("reason", ["", " \n"])
def test_nothing_is_recalled_without_a_reason(make_bulletin, made, reason):
    bulletin = make_bulletin(status="sent")

    with pytest.raises(StepRefused, match="Tulis alasannya"):
        bulletin.recall(by=made, reason=reason)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "sent", "sent_at": None},
        {"status": "scheduled", "send_at": None},
        {"status": "recalled", "recall_reason": ""},
        {"status": "approved", "text": ""},
        {"status": "approved", "is_urgent": True},
        {"status": "sent", "ends_at": "2020-01-01T00:00Z"},
        {"issuer": "64.02.02"},
    ],
)
def test_the_database_refuses_what_must_never_be(make_bulletin, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_bulletin(**facts)


# Writing


def test_an_officer_writes_only_for_the_own_region(places, made):
    bulletin = Bulletin(title="Imunisasi", issuer=places["64.02"])

    with pytest.raises(StepRefused, match="Balikpapan"):
        bulletin.write(by=made, regions=[places["64.02.02"], places["64.71"]])

    assert not Bulletin.objects.exists()


@pytest.mark.parametrize("issuer", ["64.71", "64", "0"])
def test_an_officer_does_not_speak_for_another_office(places, made, ratna, issuer):
    bulletin = Bulletin(title="Imunisasi", issuer=places[issuer])

    with pytest.raises(StepRefused):
        bulletin.write(by=made, regions=[places[issuer]])

    assert not Bulletin.objects.exists()


@pytest.mark.parametrize("status", [status for status in Status if status != Status.DRAFT])
def test_only_a_draft_is_written(make_bulletin, made, places, status):
    bulletin = make_bulletin(status=status)
    bulletin.text = "Sudah lain."

    with pytest.raises(StepRefused):
        bulletin.write(by=made, regions=[places["64.02"]])

    assert Bulletin.objects.get().text == "Bawa balita ke posyandu."


def test_nobody_writes_over_what_a_colleague_saved(make_bulletin, made, places):
    bulletin = make_bulletin()
    seen = bulletin.updated_at.isoformat()
    bulletin.text = "Dari rekan."
    bulletin.write(by=made, regions=[places["64.02"]], seen=seen)
    mine = Bulletin.objects.get()
    mine.text = "Dari saya."

    with pytest.raises(StepRefused, match="diubah dari halaman lain"):
        mine.write(by=made, regions=[places["64.02"]], seen=seen)

    assert Bulletin.objects.get().text == "Dari rekan."


def test_a_copy_is_a_new_draft_with_the_same_words_and_audience(make_bulletin, made, sector):
    former = make_bulletin(status="recalled", sectors=[sector], ends_at=timezone.now() + HOUR)

    copy = former.copy(by=made)

    copy = Bulletin.objects.get(pk=copy.pk)
    assert (copy.status, copy.title, copy.text, copy.copied_from) == ("draft", former.title, former.text, former)
    assert [*copy.regions.all()] == [*former.regions.all()]
    assert [*copy.sectors.all()] == [sector]
    assert (copy.ends_at, copy.sent_at, copy.recall_reason) == (None, None, "")


def test_a_draft_leaves_no_trace_and_what_is_approved_does(make_bulletin, made):
    bulletin = make_bulletin()
    assert not AuditEntry.objects.about(bulletin).exists()

    bulletin.approve(by=made)

    assert AuditEntry.objects.about(bulletin).exists()


# Who


def test_who_may_write_read_and_decide(make_bulletin, made, ratna, siti, joko, mekar):
    draft, approved, sent = (make_bulletin(status=status) for status in ("draft", "approved", "sent"))
    sent.deliveries.create(community=mekar, place=mekar.seat)
    ours = Bulletin.objects

    assert {*ours.written_by(made)} == {draft}
    assert {*ours.waits_for(made)} == {draft, approved}
    assert {*ours.readable_by(made)} == {*ours.decided_by(made)} == {draft, approved, sent}
    assert {*ours.readable_by(siti)} == {sent}
    for person in (ratna, joko):
        assert not ours.readable_by(person)
        assert not ours.decided_by(person)


def test_those_above_read_what_an_office_approved_and_write_only_where_it_has_nobody(make_bulletin, made, places):
    from conftest import make_officer

    dayu = make_officer("Dayu", places["64"])
    draft, approved = make_bulletin(), make_bulletin(status="approved")

    assert {*Bulletin.objects.readable_by(dayu)} == {approved}
    assert not draft.decided_by(dayu)

    made.assignments.update(duties=["verification"])

    assert {*Bulletin.objects.written_by(dayu)} == {draft}
    assert draft.decided_by(dayu)


@pytest.mark.parametrize(
    ("code", "is_reached"),
    [("0", True), ("64", True), ("64.02", True), ("64.02.02.2003", True), ("64.71", False), ("64.71.01.1001", False)],
)
def test_a_region_has_the_bulletins_that_cover_it_or_lie_within_it(make_bulletin, places, code, is_reached):
    make_bulletin(status="sent")

    assert Bulletin.objects.reaching(places[code]).exists() == is_reached


def test_what_is_for_the_whole_country_reaches_every_village(make_bulletin, places):
    make_bulletin(status="sent", issuer="0")

    assert Bulletin.objects.reaching(places["64.71.01.1001"]).exists()


def test_of_a_sector_are_those_about_it_and_those_about_all(make_bulletin, sector, django_assert_num_queries):
    from communities.models import Sector

    about, about_all = make_bulletin(sectors=[sector]), make_bulletin()
    make_bulletin(sectors=[Sector.objects.get(slug="pariwisata")])

    assert {*Bulletin.objects.of_sector(sector)} == {about, about_all}
