"""The life of a KIM, as far as the database and the verbs tell it."""

import pytest
from django.db import IntegrityError, transaction

from communities.models import Community, Membership, Position, StepRefused
from pages.markup import render_markup


def test_a_submitted_kim_cannot_skip_verification(make_community, made, make_decree):
    mekar = make_community(status="submitted")

    with pytest.raises(StepRefused):
        mekar.inaugurate(by=made, decree=make_decree())

    mekar.refresh_from_db()
    assert mekar.status == Community.Status.SUBMITTED
    assert not mekar.steps.exists()


def test_verifying_gives_the_number_of_the_village_and_a_serial(make_community, made):
    first = make_community("KIM Satu", status="submitted")
    second = make_community("KIM Dua", status="submitted")
    Community.objects.update(number=None)

    first.refresh_from_db()
    first.verify(by=made)
    second.refresh_from_db()
    second.verify(by=made)

    assert first.number == "640202200301"
    assert second.number == "640202200302"
    assert [step.by for step in second.steps.all()] == [made]


def test_a_kim_of_a_regency_pads_its_number_with_zeros(make_community, made):
    forum = make_community("Forum KIM", seat="64.02", status="submitted")
    Community.objects.update(number=None)
    forum.refresh_from_db()

    forum.verify(by=made)

    assert forum.number == "640200000001"


def test_a_number_is_kept_when_the_seat_moves(mekar, places):
    number = mekar.number

    mekar.place_at(places["64.71.01.1001"])
    mekar.save()

    assert Community.objects.get(pk=mekar.pk).number == number
    assert mekar.regency == places["64.71"]


def test_a_step_that_came_too_late_changes_nothing(mekar, made):
    stale = Community.objects.get(pk=mekar.pk)
    mekar.dissolve(by=made, note="Anggota pindah.")

    with pytest.raises(StepRefused):
        stale.suspend(by=made, note="Tidak aktif.")

    assert Community.objects.get(pk=mekar.pk).status == Community.Status.DISSOLVED


def test_the_database_refuses_an_inaugurated_kim_without_a_decree(mekar):
    with pytest.raises(IntegrityError), transaction.atomic():
        Community.objects.filter(pk=mekar.pk).update(status="inaugurated")


def test_the_database_refuses_a_second_chair(mekar):
    other = Membership.objects.create(community=mekar, name="Budi")

    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.create(community=mekar, membership=other, role=Position.Role.KETUA)

    Position.objects.current().filter(community=mekar).update(ends_on="2099-01-01")
    Position.objects.create(community=mekar, membership=other, role=Position.Role.KETUA)
    assert mekar.positions.current().get().membership == other


def test_a_member_who_left_may_join_again(mekar, siti):
    mekar.memberships.update(status="left", left_on="2099-01-01")

    Membership.objects.create(community=mekar, user=siti, name=siti.name)

    assert mekar.memberships.count() == 2


def test_an_officer_answers_for_the_kims_of_the_own_regency_only(make_community, made, ratna):
    here = make_community("KIM Jembayan")
    there = make_community("KIM Manggar", seat="64.71.01.1001")

    assert list(Community.objects.within_jurisdiction_of(made)) == [here]
    assert list(Community.objects.within_jurisdiction_of(ratna)) == [there]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "<a onclick=x>hai</a>",
    ],
)
def test_markup_never_becomes_a_script(text):
    html = render_markup(text)

    assert not any(part in html for part in ("<script", "<img", "<a onclick", 'href="javascript'))


def test_markup_keeps_line_breaks_lists_and_links():
    html = render_markup("Hari ini\npukul 9\n\n- timbang\n- ukur\n\n[jadwal](https://contoh.id)")

    assert "Hari ini<br>" in html
    assert "<li>timbang</li>" in html
    assert '<a href="https://contoh.id" rel="nofollow ugc noopener">jadwal</a>' in html


def test_nobody_reads_verified_of_a_kim_that_is_known_from_a_list_alone(client, make_community, siti):
    lama = make_community("KIM Lama", is_imported=True)
    pages = ["/kim/?q=lama", "/cari/?q=lama", lama.get_absolute_url()]

    for page in pages:
        told = client.get(page).content.decode()
        assert "Data lama, belum dikonfirmasi" in told
        assert "Terverifikasi" not in told
    assert "belum dikonfirmasi oleh KIM atau petugas" in told

    lama.confirm(by=siti)

    for page in pages:
        told = client.get(page).content.decode()
        assert "Terverifikasi" in told
        assert "Data lama, belum" not in told


def test_what_an_officer_decided_is_told_beside_old_data(make_community, made, make_decree):
    lama = make_community("KIM Lama", is_imported=True)

    lama.inaugurate(by=made, decree=make_decree())

    assert [str(told) for told in lama.public_standing] == ["dikukuhkan", "data lama, belum dikonfirmasi"]
