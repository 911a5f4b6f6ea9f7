"""Words that find nothing: half typed, mistyped, or never together in one post."""

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from pages.memory import forget_everything
from pages.words.slips import meant_by


@pytest.fixture(autouse=True)
def unknown_words():
    forget_everything()


def find(client, text, **facets):
    return client.get(reverse("search"), {"q": text, **facets})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("posyndu", "posyandu"),
        ("banjr", "banjir"),
        ("tengarong", "tenggarong"),
        ("penanamna", "penanaman"),
        ("posyndu banjr", "posyandu banjir"),
    ],
)
def test_what_was_meant_is_found_and_said(client, make_post, typed, meant):
    make_post(title="Penanaman sesudah banjir, dan posyandu di Tenggarong")

    page = find(client, typed)

    assertContains(page, f"Menampilkan hasil untuk <strong>{meant}</strong>.")
    assertContains(page, f"Cari “{typed}”?")
    assertContains(page, '<ol class="found">')
    assert page.context["search"].feed_url.endswith(f"q={meant.replace(' ', '+')}")


@pytest.mark.parametrize(
    ("typed", "meant"), [("kukar", "Kutai Kartanegara"), ("banjir kukar", "banjir Kutai Kartanegara")]
)
def test_the_short_name_of_a_place_stands_for_the_whole_and_is_no_slip(client, make_post, typed, meant):
    make_post(title="Banjir di Kutai Kartanegara")
    make_post(title="Tukar buku sesudah banjir")

    page = find(client, typed)

    assertContains(page, f"Menampilkan hasil untuk <strong>{meant}</strong>.")
    assert [post.title for post in page.context["search"].page.posts] == ["Banjir di Kutai Kartanegara"]


def test_a_word_of_the_nearest_place_is_not_taken_for_a_slip(client, make_post):
    make_post(title="Panen raya di Kutai Kartanegara")
    make_post(title="Warga kota Kartanegara, kata ketua")

    page = find(client, "kutai kertanegara")

    assertContains(page, "Menampilkan hasil untuk <strong>kutai kartanegara</strong>.")
    assert [post.title for post in page.context["search"].page.posts] == ["Panen raya di Kutai Kartanegara"]


def test_a_place_that_was_meant_is_shown_beside_its_posts(client, make_post):
    make_post(title="Panen raya Jembayan")

    page = find(client, "jembayn")

    assert [region.name for region in page.context["regions"]] == ["Jembayan"]
    assertContains(page, "Menampilkan hasil untuk <strong>jembayan</strong>.")


def test_a_kim_that_was_meant_is_shown_beside_its_posts(client, make_post, make_community):
    make_community("KIM Melati Putih")
    make_post(title="Melati putih mekar")

    page = find(client, "melti putih")

    assert [kim.name for kim in page.context["communities"]] == ["KIM Melati Putih"]
    assertContains(page, "Menampilkan hasil untuk <strong>melati putih</strong>.")


def test_a_letter_that_was_doubled_is_the_same_word(client, make_post):
    make_post(title="Penanaman bakau")

    page = find(client, "penannaman")

    assertContains(page, '<ol class="found">')
    assertNotContains(page, "Menampilkan hasil untuk")


def test_of_what_may_have_been_meant_the_one_that_most_wrote_is_shown(client, make_post):
    make_post(title="Desa Banjar")
    for _number in range(2):
        make_post(title="Banjir surut")

    assertContains(find(client, "banjr"), "Menampilkan hasil untuk <strong>banjir</strong>.")


def test_what_was_typed_can_be_insisted_on(client, make_post):
    make_post(title="Posyandu ramai")
    exact = find(client, "posyndu").context["search"].exact_url

    page = client.get(exact)

    assertNotContains(page, "Menampilkan hasil")
    assertContains(page, "Belum ada yang menulis tentang ini")


@pytest.mark.parametrize("typed", ["dalm", "dalaam"])
def test_a_word_that_says_nothing_is_never_what_was_meant(client, make_post, typed):
    make_post(title="Posyandu di dalam balai atau di luar")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE activities_post")  # PostgreSQL then knows the words that were written

    page = find(client, typed)

    assert page.status_code == 200
    assertNotContains(page, "Menampilkan hasil")


@pytest.mark.parametrize("typed", ["posyandu", "posy", "RAMAI"])
def test_who_typed_rightly_reads_nothing_of_it(client, make_post, typed):
    make_post(title="Posyandu ramai")

    assertNotContains(find(client, typed), "Menampilkan hasil")


def test_a_word_that_somebody_wrote_is_not_taken_for_another(client, make_post):
    make_post(title="Posyndu lama")
    make_post(title="Posyandu ramai")

    page = find(client, "posyndu")

    assert [post.title for post in page.context["search"].page.posts] == ["Posyndu lama"]


@pytest.mark.parametrize("typed", ["pdam", "PDAM", "bpjs", "umkm", "pdam macet"])
def test_an_abbreviation_is_no_slip_and_who_finds_nothing_by_it_is_told_so(client, make_post, typed):
    make_post(title="Listrik padam, jalan macet, warga umum, bisa")

    page = find(client, typed)

    assertNotContains(page, "Menampilkan hasil")
    assertContains(page, "Belum ada yang menulis tentang ini")


def test_the_other_words_beside_one_may_be_slips(client, make_post):
    make_post(title="Pelanggan PDAM mengeluh, banjir datang, listrik padam")

    assertContains(find(client, "pdam banjr"), "Menampilkan hasil untuk <strong>pdam banjir</strong>.")


def test_what_stands_in_capitals_and_was_written_is_an_abbreviation(client, make_post):
    make_post(title="GANIR membagi bibit")
    make_post(title="Banjir surut, kata Ganjar")

    page = find(client, "GANIR surut")

    assertNotContains(page, "Menampilkan hasil")
    assert [word for word, _url in page.context["search"].parts] == ["GANIR", "surut"]
    assertContains(find(client, "banjr SURUT"), "Menampilkan hasil untuk <strong>banjir SURUT</strong>.")


def test_older_pages_go_on_with_what_was_meant(client, make_post):
    for number in range(20):
        make_post(title=f"Posyandu {number}")
    older = find(client, "posyndu").context["search"].page.older

    page = client.get(f"{reverse('search')}{older}")

    assert "q=posyandu" in older
    assert len(page.context["search"].page) == 2


def test_a_word_we_know_may_be_a_beginning_where_it_finds_nothing(client, make_post):
    make_post(title="Kepala desa hadir")

    page = find(client, "kepal")

    assert [post.title for post in page.context["search"].page.posts] == ["Kepala desa hadir"]
    assertContains(page, "<mark>Kepala</mark>")
    assertNotContains(page, "Menampilkan hasil")


def test_words_that_never_meet_are_offered_one_by_one(client, make_post):
    make_post(title="Posyandu ramai")
    make_post(title="Pupuk cair")

    page = find(client, "posyandu, pupuk, traktor!")

    assert page.context["search"].parts == [("posyandu", "/cari/?q=posyandu"), ("pupuk", "/cari/?q=pupuk")]
    assertContains(page, "Satu per satu ada yang menulis tentang:")


def test_words_that_meet_without_one_of_them_are_offered_together(client, make_post):
    make_post(title="Urus KTP di balai desa", body="Gratis.")
    make_post(title="Cara membuat kompos")

    page = find(client, "cara urus ktp -calo")

    assert page.context["search"].without_one == [("urus ktp -calo", "/cari/?q=urus+ktp+-calo")]
    assertContains(page, "Tanpa salah satu kata, ada yang menulis tentang:")
    assertNotContains(page, "Satu per satu")


def test_the_likeliest_comes_first():
    assert meant_by("banjr") == ["banjar", "banjir"]
    assert meant_by("banjr", shares={"banjir": 0.2, "banjar": 0.1}) == ["banjir", "banjar"]
    assert meant_by("jembayn", names=[{"jembayan"}]) == ["jembayan"]


def test_the_words_of_the_nearest_name_are_right_and_those_of_others_may_have_been_meant():
    names = [{"kutai", "kartanegara"}, {"kertanegara"}]

    assert meant_by("kutai", names=names) == []
    assert meant_by("kertanegara", names=names) == ["kartanegara"]


@pytest.mark.parametrize("word", ["", "rw", "banjir", "penanaman", "12345", "a" * 60, "x1", "covid19", "pdam", "bpkb"])
def test_of_what_is_right_or_no_word_nothing_else_was_meant(word):
    assert meant_by(word) == []


@pytest.mark.parametrize(
    ("typed", "words", "place"),
    [
        ("imunisasi loa kulu", "imunisasi", "Kecamatan Loa Kulu"),
        ("imunisasi di kutai kartanegara", "imunisasi", "Kabupaten Kutai Kartanegara"),
        ("imunisasi kukar", "imunisasi", "Kabupaten Kutai Kartanegara"),
        ("Imunisasi polio Jembayan", "Imunisasi polio", "Desa Jembayan"),
    ],
)
def test_words_that_no_post_of_a_place_says_with_its_name_are_offered_there(client, make_post, typed, words, place):
    make_post(title="Imunisasi polio putaran kedua")

    page = find(client, typed)

    assertContains(page, f"“{words}” di {place}")
    there = client.get(page.context["search"].at_its_place.url)
    assert [post.title for post in there.context["search"].page.posts] == ["Imunisasi polio putaran kedua"]


@pytest.mark.parametrize("facets", [{}, {"wilayah": "64.02"}])
def test_where_a_place_has_nothing_of_that_it_is_not_offered(client, make_post, facets):
    make_post(title="Panen raya")

    assert find(client, "imunisasi loa kulu", **facets).context["search"].at_its_place is None
