"""Bahan belajar: what offices share stands on one shelf, by region and field, and comes off at once."""

import pytest
from conftest import make_pdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from communities.models import CoachingEvent, Material

pytestmark = pytest.mark.django_db
VIDEO = "https://www.youtube.com/watch?v=abc"


@pytest.fixture
def make_material(places, made):
    def make(title="Menulis berita", region="64.02", **facts):
        facts = {"link": VIDEO} | facts
        return Material.objects.create(title=title, region=places[region], by=made, **facts)

    return make


def add(desk, places, **facts):
    form = {"title": "Menulis berita", "kind": "guide", "about": "Untuk *pemula*.", "region": places["64.02"].pk}
    return desk.post("/petugas/communities/material/add/", form | facts)


def pdf(content=None):
    return SimpleUploadedFile("Menulis berita.pdf", content or make_pdf())


# The shelf


@pytest.mark.parametrize(
    ("region", "shown"),
    [
        ("64.02.02.2003", ["Nasional", "Provinsi", "Kukar", "Jembayan"]),
        ("64.02", ["Nasional", "Provinsi", "Kukar", "Jembayan"]),
        ("64.71", ["Nasional", "Provinsi", "Balikpapan"]),
        ("64", ["Nasional", "Provinsi", "Kukar", "Jembayan", "Balikpapan"]),
        ("0", ["Nasional", "Provinsi", "Kukar", "Jembayan", "Balikpapan"]),
    ],
)
def test_a_region_sees_what_is_for_it_and_what_lies_in_it(client, make_material, region, shown):
    names = {"0": "Nasional", "64": "Provinsi", "64.02": "Kukar", "64.02.02.2003": "Jembayan", "64.71": "Balikpapan"}
    for code, name in names.items():
        make_material(f"Bahan {name}", code)

    page = client.get(f"/bahan/?wilayah={region}").text

    assert {name for name in names.values() if f"Bahan {name}" in page} == set(shown)


def test_it_is_narrowed_by_field_and_kind(client, make_material, sector):
    make_material("Posyandu").sectors.add(sector)
    make_material("Rekaman bimtek", kind="recording")

    by_field, by_kind = client.get("/bahan/?bidang=kesehatan").text, client.get("/bahan/?jenis=recording").text

    assert "Posyandu" in by_field
    assert "Rekaman bimtek" not in by_field
    assert "Rekaman bimtek" in by_kind
    assert "Posyandu" not in by_kind


def test_a_place_that_is_unknown_is_asked_about(client, make_material):
    make_material("Menulis berita")

    page = client.get("/bahan/?wilayah=Entah").text

    assert "tidak kami temukan" in page
    assert "Menulis berita" not in page


def test_a_long_shelf_has_pages_and_costs_the_same(client, make_material, sector):
    def fill(number):
        for n in range(number):
            make_material(f"Bahan {n}").sectors.add(sector)

    fill(2)
    client.get("/bahan/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/bahan/")
    fill(20)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/bahan/")

    assert len(many) <= len(few)
    assert page.text.count('class="claim"') == 18
    assert client.get(f"/bahan/{page.context['page'].older}").text.count('class="claim"') == 4


def test_the_room_leads_to_what_is_for_its_place(client, mekar, siti):
    client.force_login(siti)

    assert 'href="/bahan/?wilayah=64.02.02.2003"' in client.get(f"/ruang/kim/{mekar.slug}/").text


def test_what_it_comes_from_is_named(client, make_material, places, made):
    event = CoachingEvent.objects.create(
        kind="training", title="Bimtek foto", held_on="2026-02-01", region=places["64.02"], recorded_by=made
    )

    page = client.get(make_material(event=event).get_absolute_url()).text

    assert "Dari pembinaan: Bimtek foto, 1 Februari 2026" in page


def test_a_link_is_shown_with_whose_site_it_leads_to(client, make_material):
    page = client.get(make_material().get_absolute_url()).text

    assert f'href="{VIDEO}"' in page
    assert "Buka di youtube.com" in page
    assert 'rel="nofollow noopener"' in page


def test_a_host_in_the_letters_of_java_is_shown_in_them(client, make_material):
    page = client.get(make_material(link="https://xn--1l9a.id/a").get_absolute_url()).text

    assert "Buka di \ua997.id" in page


# The desk


def test_an_officer_shares_a_pdf_and_everyone_downloads_it(desk, client, places):
    content = make_pdf()

    add(desk, places, upload=pdf(content))

    material = Material.objects.get()
    answer = client.get(f"/bahan/{material.pk}/berkas/")
    assert answer.getvalue() == content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "Unduh PDF" in client.get(material.get_absolute_url()).text


def test_an_officer_shares_a_link(desk, places):
    add(desk, places, link=VIDEO, kind="recording")

    assert Material.objects.get().host == "youtube.com"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Unggah berkasnya, atau tulis tautannya."),
        ({"link": "http://contoh.id/panduan"}, "dimulai dengan https://"),
        ({"link": "javascript:alert(1)"}, "dimulai dengan https://"),
        ({"link": "ftp://contoh.id/a"}, "dimulai dengan https://"),
        ({"link": "https://youtube.com@jahat.id/a"}, "tidak dapat dibuka umum"),
        ({"link": "https://127.0.0.1/a"}, "tidak dapat dibuka umum"),
        ({"link": "https://intranet.local/a"}, "tidak dapat dibuka umum"),
        ({"link": "https://youtu\u0431e.com/a"}, "mirip huruf lain"),
        ({"link": VIDEO, "about": "NIK 6402024108900001"}, "NIK"),
        ({"link": VIDEO, "kind": "lain"}, "Pilih dari daftar ini."),
    ],
)
def test_what_is_not_right_is_refused_in_words(desk, places, facts, sentence):
    answer = add(desk, places, **facts)

    assert sentence in answer.text
    assert "Menulis berita" in answer.text
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"link": VIDEO}, "Pilih salah satu: berkas atau tautan."),
        ({"kind": "recording"}, "Rekaman ditautkan"),
    ],
)
def test_a_file_comes_without_a_link_and_is_no_recording(desk, places, facts, sentence):
    answer = add(desk, places, upload=pdf(), **facts)

    assert sentence in answer.text
    assert not Material.objects.exists()


@pytest.mark.parametrize("content", [b"MZ\x90", b"%PDF-1.7 terpotong", b"<html></html>"])
def test_what_is_no_paper_is_refused(desk, places, content):
    answer = add(desk, places, upload=pdf(content))

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert not Material.objects.exists()


def test_a_changed_title_keeps_the_file(desk, places):
    content = make_pdf()
    add(desk, places, upload=pdf(content))
    material = Material.objects.get()

    form = {"title": "Menulis berita foto", "kind": "slides", "about": "", "region": places["64.02"].pk}
    desk.post(f"/petugas/communities/material/{material.pk}/change/", form)

    material.refresh_from_db()
    assert (material.title, material.kind) == ("Menulis berita foto", "slides")
    assert material.file.read() == content


def test_nobody_shares_for_a_region_that_is_not_theirs(desk, places):
    add(desk, places, link=VIDEO, region=places["64.71"].pk)

    assert not Material.objects.exists()


@pytest.mark.parametrize("facts", [{"link": ""}, {"file": "materials/1.pdf"}])
def test_the_database_refuses_both_and_neither(make_material, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_material(**facts)


def test_what_is_withdrawn_is_gone_with_its_file_until_it_is_put_back(desk, client, places):
    add(desk, places, upload=pdf())
    material = Material.objects.get()
    pages = ["/bahan/", f"/bahan/{material.pk}/", f"/bahan/{material.pk}/berkas/"]
    deed = {"_selected_action": [material.pk]}

    desk.post("/petugas/communities/material/", deed | {"action": "withdraw"})
    gone = [client.get(page) for page in pages]
    desk.post("/petugas/communities/material/", deed | {"action": "put_back"})
    back = [client.get(page) for page in pages]

    assert "Menulis berita" not in gone[0].text
    assert [answer.status_code for answer in gone[1:]] == [404, 404]
    assert [answer.status_code for answer in back] == [200, 200, 200]


def test_a_meeting_shows_its_materials_at_the_desk(desk, make_material, places, made):
    event = CoachingEvent.objects.create(
        kind="training", title="Bimtek foto", held_on="2026-02-01", region=places["64.02"], recorded_by=made
    )
    material = make_material(event=event)

    page = desk.get(f"/petugas/communities/coachingevent/{event.pk}/change/").text

    assert f'href="/petugas/communities/material/{material.pk}/change/"' in page
    assert f"/petugas/communities/material/add/?event={event.pk}" in page


def test_a_kept_shelf_follows_what_is_put_on_it(client, make_material, settings, django_capture_on_commit_callbacks):
    settings.PAGE_STORE = True
    assert "Menulis berita" not in client.get("/bahan/").text

    with django_capture_on_commit_callbacks(execute=True):
        material = make_material("Menulis berita")
    assert "Menulis berita" in client.get("/bahan/").text

    with django_capture_on_commit_callbacks(execute=True):
        assert material.withdraw()
    assert "Menulis berita" not in client.get("/bahan/").text
    assert not material.withdraw()
