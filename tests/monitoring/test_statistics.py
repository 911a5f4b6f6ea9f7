"""The public numbers of a region: right, of one moment, and the same for everyone."""

import csv
import io
import re

import pytest
from django.utils import timezone

from communities.models import Community
from monitoring.models import CountChange
from monitoring.statistics import Statistics
from monitoring.tables import Column, Table

EVERYWHERE = ("0", "64", "64.02", "64.02.02", "64.02.02.2003")


def numbers_of(region, parts=()):
    return {word: number for word, _label, number, _url in Statistics(region, parts).numbers}


def test_the_numbers_of_a_region_are_those_of_all_that_lies_in_it(make_post, make_community, make_aspiration, places):
    make_post()
    make_community("KIM Tidur")
    make_aspiration()

    for _folded in (False, True):
        for code in EVERYWHERE:
            numbers = numbers_of(places[code])
            assert (numbers["kim"], numbers["kegiatan-30"], numbers["kegiatan-365"]) == (2, 1, 1), code
            assert (numbers["usulan-terbuka"], numbers["usulan-dijawab"], numbers["median"]) == (1, 0, "–"), code
        assert set(numbers_of(places["64.71"]).values()) == {0, "–"}
        CountChange.objects.fold()


def test_only_a_kim_that_wrote_of_late_is_active(make_post, made, places):
    make_post(status="in_review").publish(by=made)
    assert numbers_of(places["64"])["kim-aktif"] == 1

    Community.objects.update(last_post_at=timezone.now() - timezone.timedelta(days=91))
    assert numbers_of(places["64"])["kim-aktif"] == 0


def test_an_answer_counts_with_its_median_time(make_aspiration, made, places):
    aspiration = make_aspiration()
    aspiration.accept(by=made)
    aspiration.give_answer(by=made, text="Sudah ditambal.", outcome="done")

    numbers = numbers_of(places["64.02"])
    assert (numbers["usulan-terbuka"], numbers["usulan-dijawab"], numbers["median"]) == (0, 1, "kurang dari sejam")


def test_the_parts_add_up_to_their_region_with_what_lies_in_none_of_them(make_post, make_community, places):
    make_post()
    make_post(place=places["64.02"])
    make_post(place=places["64"])
    make_community("KIM Provinsi", seat="64")

    table = Statistics(places["64"], [places["64.02"], places["64.71"]]).table

    lines = [[cell.number for cell in line.cells] for line in table.lines]
    assert [sum(numbers) for numbers in zip(*lines, strict=True)] == [cell.number for cell in table.total.cells]
    posts = [column.word for column in table.columns].index("kegiatan-30")
    assert [line[posts] for line in lines] == [2, 0, 1]
    assert table.lines[-1].region is None


def test_no_line_is_there_for_what_lies_in_none_of_the_parts_where_there_is_nothing(places):
    column = Column("kim", "KIM", {places["64"].pk: 1, places["64.02"].pk: 1})

    assert [line.region for line in Table(places["64"], [places["64.02"]], [column]).lines] == [places["64.02"]]


@pytest.mark.django_db
def test_the_page_shows_the_numbers_with_their_time_and_leads_on(client, make_post, places):
    make_post()

    page = client.get("/statistik/64-kalimantan-timur/")

    assert page.status_code == 200
    assert not page.cookies
    text = page.text
    assert "Data per" in text
    assert 'data-number="kim"' in text
    assert "/statistik/64.02-kutai-kartanegara/" in text
    assert "/peta/64-kalimantan-timur/" in text
    assert "/kim/?wilayah=64&amp;keaktifan=aktif" in text
    assert re.search(r'/kegiatan/\?wilayah=64&amp;sejak=\d{4}-\d\d-\d\d"', text)


def test_posts_of_one_sector_alone(client, make_post, sector, places):
    make_post()

    page = client.get(f"/statistik/64-kalimantan-timur/?bidang={sector.slug}")

    assert f"bidang={sector.slug}" in page.text
    assert numbers_of(places["64"])["kegiatan-30"] == 1
    other = Statistics(places["64"], [], type(sector).objects.exclude(pk=sector.pk).first())
    assert {word: number for word, _label, number, _url in other.numbers}["kegiatan-30"] == 0


def test_the_numbers_alone_are_kept_until_something_changes(
    client, make_post, made, places, settings, monkeypatch, django_assert_num_queries
):
    settings.PAGE_STORE = True
    monkeypatch.setattr("pages.freshness.transaction.on_commit", lambda announce: announce())
    first = client.get("/statistik/64.02/angka/")

    with django_assert_num_queries(0):
        again = client.get("/statistik/64.02/angka/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304

    make_post(status="in_review").publish(by=made)
    after = client.get("/statistik/64.02/angka/", headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert re.search(r'data-number="kegiatan-30">.*?<a [^>]*>1</a>', after.text, re.DOTALL)


def test_the_table_as_a_file(client, make_post, places):
    make_post()

    answer = client.get("/statistik/64.csv")

    rows = [*csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")]
    assert [(row["kode"], row["KIM terdaftar"]) for row in rows] == [("64.02", "1"), ("64.71", "0"), ("64", "1")]
    assert all(row["data per"] for row in rows)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statistik/99/", 404),
        ("/statistik/99.99-tidak-ada/", 404),
        ("/statistik/99.csv", 404),
        ("/statistik/99/angka/", 404),
        ("/statistik/bukan-kode/", 404),
        ("/statistik/64-kalimantan-timur/?bidang=sihir", 400),
        ("/statistik/64.csv?bidang=sihir", 400),
        ("/statistik/?bidang=%00", 400),
    ],
)
def test_what_we_do_not_know_is_told_in_a_sentence(client, places, path, status):
    answer = client.get(path)

    assert answer.status_code == status
    if status == 400:
        assert "Bidang" in answer.text
    assert "Traceback" not in answer.text


def test_a_region_called_otherwise_leads_to_its_page(client, places):
    for path in ("/statistik/64/", "/statistik/64-kaltim/"):
        answer = client.get(f"{path}?bidang=kesehatan")
        assert (answer.status_code, answer["Location"]) == (301, "/statistik/64-kalimantan-timur/?bidang=kesehatan")


def test_the_page_costs_as_many_queries_for_one_part_as_for_three(
    client, make_post, places, django_assert_max_num_queries
):
    make_post()
    for path in ("/statistik/64.02.02-loa-kulu/", "/statistik/64-kalimantan-timur/", "/statistik/"):
        client.get(path)
        with django_assert_max_num_queries(10):
            client.get(path)
