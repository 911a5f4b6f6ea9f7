"""A KIM's room: what residents sent through it, and what its board enters for somebody."""

from datetime import timedelta

import pytest
from conftest import make_user
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from aspirations.models import Aspiration, AspirationPhoto

Status = Aspiration.Status
FORM = {
    "came_by": "whatsapp",
    "kind": "usulan",
    "title": "Lampu mati",
    "text": "Di depan balai desa.",
    "place": "64.02.02.2003",
    "client_uuid": "7b0c7f3e" * 4,
}


@pytest.fixture
def room(client, siti):
    client.force_login(siti)
    return client


def send(client, row, deed, **facts):
    typed = {f"{deed}-{name}": value for name, value in facts.items()}
    return client.post(row.room_path, {"deed": deed, **typed}, follow=True)


def test_the_room_leads_to_what_waits(room, mekar, make_aspiration):
    row = make_aspiration(community=mekar)

    assert "1 menunggu" in room.get(mekar.room_path).text
    page = room.get(reverse("aspirations:room_list"))
    assert row.title in page.text
    assert "rini@contoh.id" in room.get(row.room_path).text


def test_it_vouches_and_hands_on(room, mekar, make_aspiration, siti, sector):
    row = make_aspiration(community=mekar)

    send(room, row, "lengkapi", text="Kami lihat sendiri.", sector=sector.pk)
    send(room, row, "teruskan", note="Mohon segera.")

    row.refresh_from_db()
    assert (row.status, row.vouch, row.vouched_by, row.sector) == (
        Status.FORWARDED,
        "Kami lihat sendiri.",
        siti,
        sector,
    )
    page = room.get(row.room_path)
    assert page.status_code == 200
    assert "rini@contoh.id" not in page.text
    assert page.context["forms"] == []


def test_the_same_wish_of_several_people_is_merged_and_all_are_told(room, mekar, make_aspiration):
    row = make_aspiration(community=mekar)
    others = [make_aspiration(f"Jalan rusak {number}", community=mekar) for number in range(2)]

    for other in others:
        send(room, other, "gabung", other=row.code)

    row.refresh_from_db()
    assert (row.duplicates.count(), row.support_count) == (2, 2)


def test_a_second_tap_is_the_first(room, mekar, make_aspiration):
    row = make_aspiration(community=mekar)

    for _time in range(2):
        answer = send(room, row, "teruskan", note="Mohon segera.")

    assert answer.status_code == 200
    assert row.steps.filter(deed="forward").count() == 1


def test_two_of_the_board_at_once_one_wins(room, mekar, make_aspiration, siti):
    row = make_aspiration(community=mekar)
    row.forward(by=siti)

    answer = send(room, row, "teruskan", note="Lagi.")

    assert answer.status_code == 409
    assert "Mungkin orang lain baru saja menanganinya." in answer.text


def test_others_than_the_board_find_nothing(client, mekar, make_aspiration, joko):
    row = make_aspiration(community=mekar)
    mekar.memberships.create(user=joko, name="Joko")
    client.force_login(joko)

    assert client.get(row.room_path).status_code == 404
    assert send(client, row, "teruskan").status_code == 404
    assert row.title not in client.get(reverse("aspirations:room_list")).text
    row.refresh_from_db()
    assert row.status == Status.RECEIVED


def test_what_is_held_back_is_not_the_kims_yet(room, mekar, make_aspiration):
    row = make_aspiration("Slot gacor maxwin", community=mekar)

    assert room.get(row.room_path).status_code == 404


def test_it_enters_what_somebody_told(room, mekar, siti):
    path = reverse("aspirations:room_enter", args=[mekar.slug])

    for _time in range(2):
        answer = room.post(path, FORM | {"sender_name": "Pak Udin"}, follow=True)

    row = Aspiration.objects.get()
    assert (row.entered_by, row.came_by, row.community, row.status) == (siti, "whatsapp", mekar, Status.RECEIVED)
    assert row.steps.get().actor == "KIM Mekar"
    assert row.code in answer.text


def test_gone_back_to_and_saved_again_it_is_one(room, mekar):
    path = reverse("aspirations:room_enter", args=[mekar.slug])

    for key in ("a1", "b2"):
        answer = room.post(path, FORM | {"client_uuid": key * 16}, follow=True)
        Aspiration.objects.update(created_at=timezone.now() - timedelta(minutes=2))

    row = Aspiration.objects.get()
    assert f"sudah Anda catat dengan kode {row.code}, jadi tidak dicatat dua kali" in answer.content.decode()


def test_changed_after_it_was_saved_it_is_another_once_saved_again(room, mekar):
    path = reverse("aspirations:room_enter", args=[mekar.slug])
    room.post(path, FORM)

    answer = room.post(path, FORM | {"title": "Jembatan lapuk"})
    assert "sudah tercatat" in answer.text
    assert Aspiration.objects.count() == 1
    room.post(path, FORM | {"title": "Jembatan lapuk", "client_uuid": answer.context["form"]["client_uuid"].value()})

    assert Aspiration.objects.count() == 2


def test_the_place_of_the_kim_is_filled_in_by_name(room, mekar):
    page = room.get(reverse("aspirations:room_enter", args=[mekar.slug]))

    assert page.context["form"]["place"].value() == mekar.seat.long_name


def test_what_waits_for_the_kim_stands_on_the_first_page_of_the_room(room, mekar, make_aspiration, siti):
    assert "menunggu KIM Anda" not in room.get(reverse("workspace")).text
    rows = [make_aspiration(f"Jalan rusak {number}", community=mekar) for number in range(2)]

    page = room.get(reverse("workspace")).text
    assert "2 usulan warga menunggu KIM Anda" in page
    assert reverse("aspirations:room_list") in page
    for row in rows:
        row.forward(by=siti)

    assert "menunggu KIM Anda" not in room.get(reverse("workspace")).text


def test_elsewhere_it_enters_nothing(room, mekar):
    answer = room.post(reverse("aspirations:room_enter", args=[mekar.slug]), FORM | {"place": "64.71"})

    assert "Pilih tempat di wilayah Anda." in answer.text
    assert "Di depan balai desa." in answer.text
    assert not Aspiration.objects.exists()


def test_a_full_room_costs_no_more_queries(room, mekar, make_aspiration, siti, django_assert_max_num_queries):
    for status in (Status.RECEIVED, Status.FORWARDED):
        row = make_aspiration(f"Satu {status}", community=mekar)
        if status == Status.FORWARDED:
            row.forward(by=siti)
    room.get(reverse("aspirations:room_list"))
    with django_assert_max_num_queries(30) as few:
        room.get(reverse("aspirations:room_list"))
    for number in range(3):
        make_aspiration(f"Lagi {number}", community=mekar)
        make_aspiration(f"Lanjut {number}", community=mekar).forward(by=siti)
    with django_assert_max_num_queries(30) as many:
        room.get(reverse("aspirations:room_list"))

    assert len(many) == len(few)


def test_who_is_on_no_board_is_told_so(client, db):
    client.force_login(make_user("Wayan"))

    assert "Anda belum menjadi pengurus." in client.get(reverse("aspirations:room_list")).text


@pytest.mark.parametrize("is_handed_on", [False, True])
def test_of_what_its_sender_withdrew_the_board_reads_the_code_alone(room, mekar, siti, make_aspiration, is_handed_on):
    row = make_aspiration("Jalan jasper berlubang", text="Tiga bulan beryl.", community=mekar)
    photo = AspirationPhoto.objects.create(aspiration=row, alt="Lubang", width=640, height=400)
    default_storage.save(photo.path("640.webp"), ContentFile(b"RIFF"))
    picture = reverse("aspirations:own_photo", args=[photo.uuid, "640.webp"])
    assert room.get(picture).status_code == 200
    if is_handed_on:
        row.forward(by=siti)
    row.withdraw()

    pages = [room.get(path).text for path in (row.room_path, reverse("aspirations:room_list"), reverse("inbox"))]

    assert all(word not in page for page in pages for word in ("jasper", "beryl"))
    assert f"Pengirim menarik usulan {row.code}" in pages[0]
    assert row.code in pages[1]
    assert room.get(picture).status_code == 404
    assert is_handed_on or siti.notices.filter(title=f"{row.code} ditarik pengirimnya").exists()


def test_what_the_board_typed_is_given_back_where_its_sender_was_faster(room, mekar, make_aspiration):
    row = make_aspiration(community=mekar)
    row.withdraw()

    answer = send(room, row, "lengkapi", text="Kami lihat sendiri.")

    assert answer.status_code == 409
    assert "Kami lihat sendiri." in answer.text


def test_a_sender_reads_who_keeps_what_before_withdrawing(client, make_aspiration, mekar):
    row = make_aspiration(community=mekar)

    asked = [client.get(row.secret_path).text, client.post(row.secret_path, {"deed": "withdraw"}).text]

    for page in asked:
        assert "Warga dan pengurus KIM tidak dapat membaca isi dan fotonya lagi" in page
        assert "Petugas Diskominfo menyimpannya sebagai catatan" in page
