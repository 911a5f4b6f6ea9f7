"""Made takes an import back: all of it, or nothing once anything was added to it."""

import threading

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import AuditEntry
from communities.models import (
    Community,
    Decree,
    Membership,
    Position,
    RosterImport,
    SpentSerial,
    Step,
    StepRefused,
)
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check
from communities.rosters.receiving import receive
from communities.rosters.undoing import ask_to_undo, undo
from communities.tasks import resume_rosters

HEADINGS = "NAMA KIM;DESA;KECAMATAN;NO SK;TANGGAL SK;KETUA;HP;BIDANG"
MEKAR = "KIM Mekar;Jembayan;Loa Kulu;SK Bupati 5/2019;17 Mei 2019;Ibu Rahma;081234567890;pertanian"
MAJU = "KIM Maju;Jembayan;Loa Kulu;SK Bupati 5/2019;17 Mei 2019;;;"


@pytest.fixture
def imported(made, places):
    """A roster as Made brings it in, carried out."""

    def bring(*lines, headings=HEADINGS):
        file = ContentFile("\n".join([headings, *lines]).encode(), name="KIM.csv")
        roster = receive(file, by=made, region=places["64.02"])
        check(roster)
        roster.approve(by=made)
        carry_out(roster)
        return roster

    return bring


def taken_back(roster, by):
    ask_to_undo(roster, by=by)
    undo(roster)
    roster.refresh_from_db()
    return roster


def test_afterwards_nothing_of_it_remains(imported, made):
    roster = imported(MEKAR, MAJU)

    taken_back(roster, made)

    assert roster.status == RosterImport.Status.UNDONE
    for model in (Community, Membership, Position, Step, Decree):
        assert not model.objects.exists()
    assert not roster.rows.exists()
    assert (roster.headings, roster.columns, roster.sheets, roster.file.name) == ([], {}, [], "")


def test_the_file_is_gone_when_the_deed_is_done(imported, made, django_capture_on_commit_callbacks):
    roster = imported(MEKAR)
    storage, name = roster.file.storage, roster.file.name

    with django_capture_on_commit_callbacks(execute=True):
        taken_back(roster, made)

    assert not storage.exists(name)


def test_the_pages_and_numbers_of_the_place_know_nothing_of_it_any_more(client, imported, made, places):
    before = client.get(places["64.02"].get_absolute_url()).text
    roster = imported(MEKAR)
    address = Community.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200

    taken_back(roster, made)

    assert client.get(address).status_code == 404
    assert "KIM Mekar" not in client.get(reverse("communities:list")).text
    assert client.get(places["64.02"].get_absolute_url()).text == before


def test_a_number_that_was_given_is_given_to_no_other_kim(imported, made):
    taken_back(imported(MEKAR, MAJU), made)
    imported(MEKAR)
    taken_back(RosterImport.objects.first(), made)

    imported(MAJU)

    assert Community.objects.get().number == "640202200304"
    assert SpentSerial.objects.get().last == 3


def test_a_kim_that_registers_itself_does_not_get_a_spent_number_either(imported, made, make_community):
    taken_back(imported(MEKAR), made)
    kim = make_community("KIM Baru", status="submitted")
    Community.objects.filter(pk=kim.pk).update(number=None)
    kim.refresh_from_db()

    kim.verify(by=made)

    assert kim.number == "640202200302"


def test_it_can_be_brought_in_again_and_has_its_address_again(imported, made):
    first = imported(MEKAR)
    slug = Community.objects.get().slug
    taken_back(first, made)

    imported(MEKAR)

    assert Community.objects.get().slug == slug


def test_a_decree_that_was_there_before_stays(imported, made, make_decree, places):
    known = make_decree(number="SK Bupati 5/2019", issued_on="2019-05-17", issuer="regent", region=places["64.02"])
    roster = imported(MEKAR)
    assert Community.objects.get().decree == known

    taken_back(roster, made)

    assert list(Decree.objects.all()) == [known]


def test_a_decree_that_another_kim_has_by_now_stays(imported, made):
    roster = imported(MEKAR)
    imported(MAJU)

    taken_back(roster, made)

    assert Community.objects.get().decree == Decree.objects.get()


def test_what_it_filled_in_is_empty_again_and_the_kim_stays(imported, made):
    first = imported("KIM Mekar;Jembayan;Loa Kulu;;;;;")
    second = imported(MEKAR)
    assert Community.objects.get().contact_phone == "081234567890"
    with pytest.raises(StepRefused):
        taken_back(first, made)

    taken_back(second, made)

    assert Community.objects.get().contact_phone == ""
    taken_back(first, made)
    assert not Community.objects.exists()


def test_what_it_filled_in_and_somebody_called_true_since_stays(imported, made):
    imported("KIM Mekar;Jembayan;Loa Kulu;;;;;")
    second = imported(MEKAR)
    Community.objects.get().confirm(by=made)

    taken_back(second, made)

    assert Community.objects.get().contact_phone == "081234567890"


def test_another_roster_no_longer_finds_the_kim_there(imported, made, places):
    first = imported(MEKAR)
    file = ContentFile(f"{HEADINGS}\nKIM Mekar;Jembayan;Loa Kulu;;;;;".encode(), name="KIM.csv")
    other = receive(file, by=made, region=places["64.02"])
    check(other)
    assert other.rows.get().status == "duplicate"

    taken_back(first, made)

    assert (other.rows.get().status, other.rows.get().community) == ("matched", None)


def confirmed(kim, by):
    kim.confirm(by=by)


def edited(kim, by):
    kim.address = "Balai desa"
    kim.save()


def suspended(kim, by):
    kim.suspend(by=by, note="Pengurus berselisih.")


def joined_by_somebody(kim, by):
    kim.memberships.create(name="Bu Wati")


def invited(kim, by):
    Membership.objects.invite_chair(kim, email="rahma@contoh.id", by=by)


def given_a_paper(kim, by):
    kim.papers.create(kind="minutes", name="a.pdf", size=8, uploaded_by=by, file="papers/a.pdf")


def trained(kim, by):
    event = kim._meta.apps.get_model("communities", "CoachingEvent")
    event = event.objects.create(kind="visit", title="Kunjungan", held_on="2026-02-01", region=kim.seat, recorded_by=by)
    event.communities.add(kim)


def written_about(kim, by):
    post = kim._meta.apps.get_model("activities", "Post")
    sector = kim._meta.apps.get_model("communities", "Sector").objects.first()
    post.objects.create(community=kim, author=by, title="Panen raya", status="draft", sector=sector, place=kim.seat)


@pytest.mark.parametrize(
    "deed", [confirmed, edited, suspended, joined_by_somebody, invited, given_a_paper, trained, written_about]
)
def test_once_anything_was_added_nothing_is_taken_back(imported, made, deed):
    roster = imported(MEKAR, MAJU)
    deed(Community.objects.get(name="KIM Mekar"), made)

    with pytest.raises(StepRefused, match="misalnya KIM Mekar"):
        ask_to_undo(roster, by=made)

    assert Community.objects.count() == 2
    assert RosterImport.objects.get().status == RosterImport.Status.DONE


def test_what_is_added_after_the_button_is_seen_by_the_worker(imported, made):
    roster = imported(MEKAR)
    ask_to_undo(roster, by=made)
    Community.objects.get().confirm(by=made)

    undo(roster)

    roster.refresh_from_db()
    assert roster.status == RosterImport.Status.DONE
    assert "misalnya KIM Mekar" in roster.problem
    assert Community.objects.exists()


def test_whoever_does_not_decide_there_takes_nothing_back(imported, ratna):
    roster = imported(MEKAR)

    with pytest.raises(StepRefused):
        ask_to_undo(roster, by=ratna)

    assert Community.objects.exists()


def test_the_trail_tells_who_took_it_back(imported, made):
    roster = imported(MEKAR)
    kim = Community.objects.get()

    taken_back(roster, made)

    gone = AuditEntry.objects.about(kim).first()
    assert (gone.deed, gone.by, gone.reason) == ("DELETE", made, "Impor daftar “KIM.csv” dibatalkan.")


def test_two_workers_take_it_back_once(imported, made):
    roster = imported(MEKAR)
    ask_to_undo(roster, by=made)
    other = RosterImport.objects.get()

    undo(roster)
    undo(other)

    assert RosterImport.objects.get().rows_done == 1


def test_a_lost_worker_is_replaced(imported, made, monkeypatch):
    roster = imported(MEKAR)
    ask_to_undo(roster, by=made)
    RosterImport.objects.update(touched_at="2026-01-01T00:00:00Z")
    jobs = []
    monkeypatch.setattr(
        "communities.tasks.undo_roster", type("Job", (), {"enqueue": lambda self, pk: jobs.append(pk)})()
    )

    resume_rosters.call()

    assert jobs == [roster.pk]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_one_who_confirms_first_keeps_the_kim(imported, made):
    roster = imported(MEKAR)
    ask_to_undo(roster, by=made)
    kim = Community.objects.get()

    def in_another_connection():
        undo(RosterImport.objects.select_related("undone_by").get(pk=roster.pk))
        connection.close()

    worker = threading.Thread(target=in_another_connection)
    with transaction.atomic():
        kim.confirm(by=made)
        worker.start()
        # The worker cannot be through while this is not.
        worker.join(0.5)
        assert worker.is_alive()
    worker.join()

    assert Community.objects.get().confirmed_at
    assert RosterImport.objects.get().status == RosterImport.Status.DONE


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_one_who_comes_after_the_undoing_adds_nothing(imported, made):
    roster = imported(MEKAR)
    ask_to_undo(roster, by=made)
    kim = Community.objects.get()

    def in_another_connection():
        undo(RosterImport.objects.select_related("undone_by").get(pk=roster.pk))
        connection.close()

    worker = threading.Thread(target=in_another_connection)

    def write_while_it_is_undone():
        with transaction.atomic():
            written_about(kim, made)
            worker.start()
            worker.join()

    with pytest.raises(IntegrityError):
        write_while_it_is_undone()

    assert not Community.objects.exists()
    assert RosterImport.objects.get().status == RosterImport.Status.UNDONE
    with pytest.raises(StepRefused):
        Membership.objects.invite_chair(kim, email="rahma@contoh.id", by=made)
