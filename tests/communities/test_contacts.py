"""Officers keep whom residents of a place may turn to; the pages of the place show them, and what lies in it too."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from communities.models import UsefulContact
from communities.models.contacts import asking_contacts, nearest
from communities.telephones import dialled

pytestmark = pytest.mark.django_db

ADD = "/petugas/communities/usefulcontact/add/"
VILLAGE, DISTRICT, REGENCY = "64.02.02.2003", "64.02.02", "64.02"


@pytest.fixture
def make_contact(places):
    def make(code=VILLAGE, name="Kantor desa", **facts):
        facts = {"purpose": "Surat keterangan", "phone": "0812-3456-7890"} | facts
        return UsefulContact.objects.create(region=places[code], name=name, **facts)

    return make


def page_of(client, places, code=VILLAGE):
    return client.get(places[code].get_absolute_url()).text


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("(0541) 661234", "+62541661234"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("112", "112"),
        ("150 0567", "1500567"),
        ("belum ada", ""),
        ("12", ""),
        ("0812", ""),
    ],
)
def test_a_telephone_number_is_called_as_it_was_meant(written, called):
    assert dialled(written) == called


def test_a_village_shows_its_own_and_one_without_any_what_lies_nearest(client, places, make_contact):
    make_contact(REGENCY, "Diskominfo")
    assert "Kontak penting Kabupaten Kutai Kartanegara" in page_of(client, places)

    make_contact(DISTRICT, "Kantor camat")
    page = page_of(client, places)
    assert "Kantor camat" in page
    assert "Diskominfo" not in page.partition('id="kontak"')[2].partition("</section>")[0]

    make_contact(VILLAGE, "Bidan desa", position=2, phone="", whatsapp="0812 1111 2222", hours="Setiap hari")
    make_contact(VILLAGE, "Kepala desa", position=1, email="desa@contoh.id", address="Jalan Melati 1")
    page = page_of(client, places)
    assert page.index("Kepala desa") < page.index("Bidan desa")
    assert "Kantor camat" not in page
    for part in ('href="tel:+6281234567890"', "https://wa.me/6281211112222", "mailto:desa@contoh.id", "Setiap hari"):
        assert part in page


def test_what_is_not_shown_any_more_is_gone(client, places, make_contact):
    contact = make_contact()
    assert "Kantor desa" in page_of(client, places)

    contact.is_shown = False
    contact.save()

    assert "Kantor desa" not in page_of(client, places)


def test_neither_the_province_nor_next_door_lends_its_own(client, places, make_contact):
    make_contact("64", "Kantor gubernur")
    make_contact("64.71", "Wali kota")

    page = page_of(client, places)

    assert "Kantor gubernur" not in page
    assert "Wali kota" not in page
    assert "Kantor gubernur" in page_of(client, places, "64")


def test_the_contacts_of_a_place_cost_one_query(places, make_contact, django_assert_num_queries):
    for code in (VILLAGE, DISTRICT, REGENCY):
        for number in range(3):
            make_contact(code, f"Kantor {number}")

    with django_assert_num_queries(1):
        rows = asking_contacts(places[VILLAGE]).rows()
    place, contacts = nearest(places[VILLAGE], rows)

    assert (place, len(contacts)) == (places[VILLAGE], 3)


def test_an_officer_keeps_them_within_the_region_and_the_trail_tells(desk, made, places):
    typed = {"region": places[VILLAGE].pk, "name": "Bidan desa", "purpose": "Kesehatan ibu", "position": 0}
    typed |= {"whatsapp": "0812-3456-7890", "is_shown": "on"}

    answer = desk.post(ADD, typed)
    elsewhere = desk.post(ADD, typed | {"region": places["64.71"].pk, "name": "Wali kota"})

    assert answer.status_code == 302
    assert elsewhere.status_code == 200
    contact = UsefulContact.objects.get()
    entry = AuditEntry.objects.about(contact).get()
    assert (entry.deed, entry.by_id) == ("INSERT", made.pk)


@pytest.mark.parametrize(
    ("narrowed", "listed"),
    [
        ("64.02", {"Kantor bupati", "Kantor camat", "Kantor desa"}),
        ("64.02-sendiri", {"Kantor bupati"}),
        ("64.02.02", {"Kantor camat", "Kantor desa"}),
        ("64.02.02-sendiri", {"Kantor camat"}),
        (VILLAGE, {"Kantor desa"}),
        ("64.71", set()),
    ],
)
def test_an_officer_narrows_them_to_a_place(desk, make_contact, narrowed, listed):
    for code, name in ((REGENCY, "Kantor bupati"), (DISTRICT, "Kantor camat"), (VILLAGE, "Kantor desa")):
        make_contact(code, name)

    answer = desk.get(f"/petugas/communities/usefulcontact/?wilayah={narrowed}")

    assert {contact.name for contact in answer.context["cl"].queryset} == listed


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "kosong"}, "Tulis nomor telepon yang dapat dihubungi"),
        ({"phone": "", "whatsapp": "112"}, "Tulis nomor WhatsApp dengan lengkap"),
        ({"phone": ""}, "Isi paling sedikit satu: telepon, WhatsApp, surel, atau alamat."),
        ({"email": "desa"}, "Tulis surel yang lengkap"),
        ({"name": ""}, "Bagian ini harus diisi."),
    ],
)
def test_what_nobody_could_use_is_refused_in_words(desk, places, wrong, sentence):
    typed = {"region": places[VILLAGE].pk, "name": "Bidan", "purpose": "Ibu hamil", "phone": "112", "position": 0}

    answer = desk.post(ADD, typed | wrong)

    assert answer.status_code == 200
    assert sentence in answer.text
    assert not UsefulContact.objects.exists()


def test_the_database_keeps_none_that_cannot_be_reached(make_contact):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_contact(phone="")
