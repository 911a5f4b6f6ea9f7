"""One box finds news, KIM and places: in other forms of a word, half typed, mistyped, and whatever is sent to it."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from activities import searching
from activities.found import FoundPost
from activities.models import Post
from activities.searching import FoundPage, TextQuery, weeks
from activities.summaries import opening
from communities.models import Sector
from pages import limits
from pages.memory import forget_everything
from regions import atlas
from regions.called import NAMED


@pytest.fixture(autouse=True)
def unknown_words():
    forget_everything()


def find(client, text, **facets):
    return client.get("/cari/", {"q": text, **facets})


def titles(response):
    page = response.context["search"].page
    return [post.title for post in page.posts] if page is not None else []


# Words


@pytest.mark.parametrize("text", ["melatih", "pelatihan", "dilatih", "LATIHAN", "pelatihan di desa yang"])
def test_a_word_finds_its_other_forms(client, make_post, text):
    make_post(title="Pelatihan membuat pupuk di desa")
    make_post(title="Panen padi di desa")

    assert titles(find(client, text)) == ["Pelatihan membuat pupuk di desa"]


@pytest.mark.parametrize("text", ["posy", "ramai posy", "posyandu"])
def test_the_last_word_may_be_half_typed(client, make_post, text):
    make_post(title="Posyandu ramai")

    assert titles(find(client, text)) == ["Posyandu ramai"]


def test_only_the_last_word_may_be_half_typed(client, make_post):
    make_post(title="Posyandu ramai")

    assert titles(find(client, "posy ramai")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pupuk padi", ["Pupuk untuk padi"]),
        ("pupuk atau banjir", ["Banjir surut", "Pupuk cair", "Pupuk untuk padi"]),
        ("pupuk -padi", ["Pupuk cair"]),
        ('"untuk padi"', ["Pupuk untuk padi"]),
        ('"padi untuk"', []),
    ],
)
def test_words_can_be_joined_refused_and_quoted(client, make_post, text, found):
    for title in ("Pupuk untuk padi", "Pupuk cair", "Banjir surut"):
        make_post(title=title)

    assert sorted(titles(find(client, text))) == found


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        *[(text, "terlalu umum") for text in ("di", "yang dan untuk", "atau")],
        *[(text, "Tidak ada kata di dalamnya.") for text in ("!!!", "' : &", "-", "- -", '""', "🐟")],
        *[(text, "hanya menyebut yang tidak dicari") for text in ("-banjir", "-banjir -longsor", '-"di desa"')],
    ],
)
def test_words_that_say_nothing_are_answered_with_advice(client, make_post, text, advice):
    make_post(title="Banjir di desa")

    page = find(client, text)

    assertContains(page, advice)
    assertContains(page, f'value="{escape(text)}"')


@pytest.mark.parametrize("text", ["!!!???&&||<>()", "'\"%_"])
def test_signs_alone_are_the_name_of_no_kim(client, mekar, text):
    page = find(client, text)

    assertContains(page, "Tidak ada kata di dalamnya.")
    assertNotContains(page, mekar.name)


@pytest.mark.parametrize(
    ("text", "regions", "communities"),
    [
        ("jembayan tengah", ["Jembayan Tengah"], []),
        ("jembayan -tengah", ["Jembayan"], []),
        ('jembayan -"jembayan tengah"', ["Jembayan"], []),
        ("posyandu -jembayan", [], []),
        ("-jembayan", [], []),
        ("kutai kartanegara -kukar", [], []),
        ("kim mekar", [], ["KIM Mekar"]),
        ("kim -mekar", [], []),
        ("posyandu -mekar", [], []),
    ],
)
def test_what_is_refused_names_no_place_and_no_kim(client, mekar, places, text, regions, communities):
    page = find(client, text)

    named = [place.name for place in page.context["regions"] if place.closeness >= NAMED]
    assert (named, [kim.name for kim in page.context["communities"]]) == (regions, communities)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("posyandu -jembayan", ["Posyandu di Manggar"]),
        ('posyandu -"loa kulu"', ["Posyandu di Manggar"]),
        ("posyandu -kukar", ["Posyandu di Manggar"]),
        ("posyandu -manggar", ["Posyandu ramai"]),
        ("posyandu -mekar", ["Posyandu di Manggar"]),
        ("posyandu -kim", ["Posyandu di Manggar", "Posyandu ramai"]),
        ("posyandu -kalimantan", []),
        ("manggar atau posyandu -balikpapan", ["Posyandu di Manggar", "Posyandu ramai"]),
        ("ramai atau posyandu -jembayan", ["Posyandu di Manggar", "Posyandu ramai"]),
    ],
)
def test_what_is_refused_is_found_by_no_place_and_no_kim(
    client, make_post, make_community, places, text, found, django_assert_max_num_queries
):
    make_post(title="Posyandu ramai")
    pesisir = make_community("KIM Pesisir", seat="64.71.01.1001")
    make_post(title="Posyandu di Manggar", community=pesisir, place=places["64.71.01.1001"])

    with django_assert_max_num_queries(40):
        page = find(client, text)

    assert sorted(titles(page)) == found
    feed = client.get("/feed/cari/", {"q": text})
    assert all((title in feed.text) == (title in found) for title in ("Posyandu ramai", "Posyandu di Manggar"))


@pytest.mark.parametrize(
    "text",
    ["\0", "a" * 10_000, "' OR 1=1 --", ":* & ! | <->", '"kerja', "\\", "%", "((((", "a:*", "<script>", "\x02\x03",
     "🐟", "or or", "- - -", "atau atau", "-a -b", "the quick brown fox", "sugeng rawuh sedoyo", "=tanam", "'=':*",
     "a.b." * 25, "\u200b", "abcdefghij " * 9, '"a" ' * 25, "1" * 100, "K.H. R.I. anak2 e-", '"""',
     "@week202601", "٣", "ﬁ", "x" * 100, "b a " * 25],
)  # fmt: skip
def test_whatever_is_sent_is_met_kindly(client, make_post, text):
    make_post()

    assert find(client, text).status_code == 200
    assert client.get("/cari/saran/", {"q": text}).status_code == 200
    assert client.get("/feed/cari/", {"q": text}).status_code == 200


def test_nobody_finds_what_is_not_public(client, make_post):
    for status in (Post.Status.DRAFT, Post.Status.IN_REVIEW, Post.Status.HIDDEN, Post.Status.ARCHIVED):
        make_post(title=f"Rahasia {status}", status=status, published_at=datetime(2026, 1, 1, tzinfo=UTC))

    assertNotContains(find(client, "rahasia"), "Rahasia ")
    assertNotContains(client.get("/feed/cari/", {"q": "rahasia"}), "Rahasia ")


# Names


def test_a_place_comes_first_when_the_words_name_it(client, make_post, places):
    make_post(title="Kabar dari Tenggarong")

    html = find(client, "tenggarong").content.decode()

    assert html.index(places["64.02.06"].get_absolute_url()) < html.index('<ol class="found">')


@pytest.mark.parametrize("text", ["Kutai Kertanegara", "kabupaten kutai kartanegra", "Kutai Kartanegara"])
def test_a_place_is_found_though_its_name_is_mistyped(client, places, text):
    assertContains(find(client, text), places["64.02"].get_absolute_url())


@pytest.mark.parametrize("text", ["kim mekar", "mekar", "mekkar", "KIM Mekr"])
def test_a_kim_is_found_though_its_name_is_mistyped(client, mekar, text):
    assertContains(find(client, text), mekar.get_absolute_url())


def test_a_kim_nobody_verified_is_not_found(client, make_community):
    make_community("KIM Rahasia", status="submitted")

    assertNotContains(find(client, "kim rahasia"), "KIM Rahasia</a>")


def test_a_name_that_is_merely_similar_does_not_stand_above_news(client, make_post, make_community):
    make_community("KIM Banjar Maju Bersama")
    make_post(title="Banjir surut")

    assertNotContains(find(client, "banjir"), "KIM Banjar")


def test_names_are_on_the_first_page_alone(client, make_post, mekar):
    for number in range(20):
        make_post(title=f"Mekar {number}")
    older = find(client, "mekar").context["search"].page.older

    assertNotContains(client.get(f"/cari/{older}"), "community-card")


# Facets


@pytest.mark.parametrize(
    "facets",
    [{"wilayah": "64.02"}, {"wilayah": "64.02.02.2003"}, {"bidang": "kesehatan"}, {"jenis": "berita"},
     {"sejak": "2026-03-01"}, {"wilayah": "64", "bidang": "kesehatan", "jenis": "berita", "sejak": "2026-03-01"}],
)  # fmt: skip
def test_what_is_found_can_be_narrowed(client, make_post, make_community, sector, facets):
    other = Sector.objects.get(slug="pariwisata")
    manggar = make_community("KIM Manggar", seat="64.71.01.1001")
    make_post(title="Pupuk dekat", published_at=datetime(2026, 4, 1, tzinfo=UTC))
    make_post(title="Pupuk jauh", published_at=datetime(2026, 2, 1, tzinfo=UTC), community=manggar, sector=other,
              type=Post.Type.POTENSI)  # fmt: skip

    found = titles(find(client, "pupuk", **facets))

    assert "Pupuk dekat" in found
    assert "Pupuk jauh" not in found


def test_what_is_found_is_counted_by_what_it_is(client, make_post, sector):
    other = Sector.objects.get(slug="pariwisata")
    make_post(title="Pupuk")
    make_post(title="Pupuk", sector=other)
    make_post(title="Pupuk", type=Post.Type.POTENSI)

    page = find(client, "pupuk")
    narrowed = find(client, "pupuk", jenis="berita")

    types, sectors = page.context["search"].facets
    assert types == [("berita", 2, "/cari/?q=pupuk&jenis=berita"), ("potensi", 1, "/cari/?q=pupuk&jenis=potensi")]
    assert [number for _words, number, _url in sectors] == [2, 1]
    assert [len(group) for group in narrowed.context["search"].facets] == [2]
    assertContains(page, 'href="/cari/?q=pupuk&amp;jenis=potensi"')


@pytest.mark.parametrize("is_surely_common", [False, True])
def test_of_many_that_match_as_many_kinds_are_told_as_were_read_anyway(make_post, monkeypatch, is_surely_common):
    for number in range(25):
        make_post(title="Pupuk", type=("berita", "potensi")[number % 2], published_at=timezone.now())
    monkeypatch.setattr(searching, "FEW", -1)
    monkeypatch.setattr(searching, "WALK", 24)  # others are older than those it looks at one by one
    monkeypatch.setattr(TextQuery, "is_common", True)

    def found(many):
        monkeypatch.setattr(searching, "MANY", many)
        monkeypatch.setattr(TextQuery, "at_least", many * is_surely_common * searching.SURELY)
        page = FoundPage({}, TextQuery("pupuk"), QueryDict())
        return page.count, page.kinds[0], page.at_least(12)

    count, kinds, dozen = found(20)
    assert (count, kinds.total(), dozen) == ("20+", 20, "12+")
    count, kinds, dozen = found(1000)
    assert kinds == {"berita": 13, "potensi": 12}
    assert (count, dozen) == (("1.000+", "12+") if is_surely_common else (25, 12))


def test_the_kinds_of_many_are_counted_once_and_those_of_few_each_time(make_post, monkeypatch, settings):
    settings.CARD_STORE, counted, tally = True, [], FoundPage.tally
    monkeypatch.setattr(FoundPage, "tally", lambda page: counted.append(page.query) or tally(page))
    monkeypatch.setattr(searching, "FEW", -1)
    monkeypatch.setattr(searching, "WALK", 24)
    monkeypatch.setattr(TextQuery, "is_common", True)
    for number in range(25):
        make_post(title="Pupuk", type=("berita", "potensi")[number % 2], published_at=timezone.now())

    def found(many):
        monkeypatch.setattr(searching, "MANY", many)
        page = FoundPage({}, TextQuery("pupuk"), QueryDict())
        return page.kinds[0], page.count

    assert found(30) == found(30) == ({"berita": 13, "potensi": 12}, 25)
    assert len(counted) == 2
    assert found(24) == found(24)
    assert len(counted) == 3
    assert FoundPage({"type": "berita"}, TextQuery("pupuk"), QueryDict()).kinds[0] == {"berita": 13}


def test_the_numbers_of_kinds_end_where_the_number_of_all_ends(client, make_post, monkeypatch):
    for number in range(8):
        make_post(title="Pupuk", type=("berita", "potensi")[number < 2])
    monkeypatch.setattr(searching, "MANY", 7)

    page = find(client, "pupuk")

    assert [(words, number) for words, number, _url in page.context["search"].facets[0]] == [
        ("berita", "5+"), ("potensi", "2+"),
    ]  # fmt: skip
    assertContains(page, '<span class="meta">5+</span>')


def test_a_facet_that_is_not_understood_keeps_what_was_typed(client, places):
    assertContains(find(client, "pupuk", wilayah="Atlantis"), 'value="Atlantis"')


# What comes first


def test_a_hoax_never_leads_where_there_is_anything_else(client, make_post):
    older = make_post(title="Pupuk lama")
    hoax = make_post(title="Pupuk beracun", is_hoax=True, published_at=timezone.now())

    assert titles(find(client, "pupuk")) == ["Pupuk lama", "Pupuk beracun"]

    about = {"type": "klarifikasi", "claim": "Pupuk beracun", "verdict": "salah", "clarifies": hoax}
    make_post(title="Tidak beracun", published_at=older.published_at - timedelta(days=9), **about)
    assert titles(find(client, "pupuk")) == ["Tidak beracun", "Pupuk beracun", "Pupuk lama"]


@pytest.mark.parametrize(("text", "times"), [("mekar", 1), ("mekra", 2)])
def test_what_a_name_is_like_is_looked_for_only_where_none_has_the_words(client, mekar, text, times):
    with CaptureQueriesContext(connection) as asked:
        find(client, text)

    compared = [query["sql"] for query in asked if 'SIMILARITY("communities_community"."name"' in query["sql"]]
    assert len(compared) == times


@pytest.mark.django_db
def test_the_empty_box_shows_examples_that_can_be_tapped(client):
    page = client.get("/cari/")

    assertContains(page, 'href="?q=%22bank%20sampah%22"')
    assertContains(page, "berurutan")


def test_words_that_stand_together_lead_the_few_that_are_found(client, make_post):
    make_post(title="Telur tiap hari", body="Dibeli di pasar. Menu untuk balita ini mudah dimasak dan sangat murah.")
    make_post(title="Jadwal pasar yang murah di Loa Kulu")
    make_post(title="Sembako", body="Warga menyerbu pasar murah.")

    page = find(client, "pasar murah")

    assert titles(page) == ["Jadwal pasar yang murah di Loa Kulu", "Sembako", "Telur tiap hari"]
    assertContains(page, "3 kegiatan, yang paling cocok lebih dulu")
    assert titles(find(client, "pasar"))[0] == "Telur tiap hari"
    assertContains(find(client, "pasar atau murah"), "3 kegiatan, yang terbaru lebih dulu")


def test_a_word_half_typed_and_one_written_short_stand_together_too(client, make_post):
    make_post(title="Demam di desa", body="Rapat membahas mesin. Nanti malam ada darah yang diambil. Nyamuk berdarah.")
    make_post(title="Rapat tentang demam berdarah")

    assert titles(find(client, "dbd rap"))[0] == "Rapat tentang demam berdarah"


def test_of_more_than_a_page_the_newest_lead(client, make_post):
    for _number in range(21):
        make_post(title="Telur", body="Dibeli di pasar. Menu untuk balita ini mudah dimasak dan sangat murah.")
    make_post(title="Pasar murah")

    page = find(client, "pasar murah")

    assert titles(page)[0] == "Telur"
    assertContains(page, "22 kegiatan, yang terbaru lebih dulu")


# What is shown


def test_the_words_found_are_marked(client, make_post):
    make_post(title="Pelatihan pupuk", body="Warga **dilatih** membuat pupuk [cair](https://contoh.id).")

    response = find(client, "melatih")

    assertContains(response, "<mark>Pelatihan</mark> pupuk")
    assertContains(response, "<mark>dilatih</mark>")
    assertNotContains(response, "**")


def test_of_what_a_word_is_short_for_no_word_is_marked_that_stands_alone(client, make_post):
    make_post(title="Bansos ditunda", body="Bantuan untuk warga, kata petugas sosial. Bantuan sosial tiba besok.")
    make_post(title="Bansos dan bantuan lain", body="Warga terlayani.")

    page = find(client, "bansos")

    assertContains(page, "<mark>Bantuan</mark> <mark>sosial</mark> tiba")
    assertContains(page, "<mark>Bansos</mark> dan bantuan lain")
    make_post(title="Pemberdayaan dan kesejahteraan keluarga")
    assertContains(
        find(client, "pkk"), "<mark>Pemberdayaan</mark> dan <mark>kesejahteraan</mark> <mark>keluarga</mark>"
    )


def test_an_opening_is_not_said_twice(client, make_post):
    body = "*Pupuk* cair dibagikan.\n\n- Untuk kebun [Bu Rahma](https://contoh.id)\n- Untuk sawah"
    make_post(title="Pembagian", body=body, summary=opening(body))

    page = find(client, "pupuk")

    assert page.text.count("dibagikan") == 1


def test_a_summary_of_its_own_stands_before_the_body(client, make_post):
    make_post(title="Pembagian", body="Datanglah pagi hari.", summary="Pupuk cair gratis.")

    assertContains(find(client, "pupuk"), "<mark>Pupuk</mark> cair gratis. Datanglah pagi hari.")


def test_what_is_found_stands_as_it_was_written(client, make_post, mekar):
    mekar.name = "KIM {mekar} & <i>"
    mekar.save()
    url = make_post(title="Pupuk {key} & <b>").get_absolute_url()

    page = find(client, "pupuk")

    assertContains(page, f'<a href="{url}" lang="id"><mark>Pupuk</mark> {{key}} &amp; &lt;b&gt;</a>')
    assertContains(page, "KIM {mekar} &amp; &lt;i&gt;")


def test_an_item_is_made_once_for_the_same_words(client, make_post, settings, monkeypatch):
    settings.CARD_STORE, made, make = True, [], FoundPost.made
    monkeypatch.setattr(FoundPost, "made", lambda post, *args: made.append(post.title) or make(post, *args))
    make_post(title="Posyandu pertama")
    shown = [find(client, "posyandu").content]
    make_post(title="Posyandu kedua")
    shown.append(find(client, "posyandu").content)

    assert made == ["Posyandu pertama", "Posyandu kedua"]
    assert all(b"<mark>Posyandu</mark> pertama" in page for page in shown)
    assertContains(find(client, "pertama"), "Posyandu <mark>pertama</mark>")


@pytest.mark.parametrize(
    "change", [{"title": "Posyandu senja"}, {"body": "Posyandu senja ini."}, {"community__name": "KIM senja"}]
)
def test_a_change_of_what_was_found_is_shown_at_once(client, make_post, settings, change):
    settings.CARD_STORE = True
    post = make_post(title="Posyandu pagi", body="Posyandu pagi ini.")
    assertNotContains(find(client, "posyandu"), "senja")
    for path, value in change.items():
        row = post.community if path.startswith("community") else post
        setattr(row, path.rpartition("__")[2], value)
        row.save()

    assertContains(find(client, "posyandu"), "senja")


def test_what_people_wrote_stays_text_around_the_marks(client, make_post):
    make_post(title="<script>alert(1)</script> pupuk", body='<img src=x onerror="alert(1)"> pupuk \x02 cair')

    response = find(client, "pupuk")

    assertNotContains(response, "<script>alert")
    assertNotContains(response, "<img src=x")
    assertContains(response, "<mark>pupuk</mark>")


def test_counting_ends_at_a_thousand(client, make_post, monkeypatch):
    for number in range(3):
        make_post(title=f"Pupuk {number}")
    assert find(client, "pupuk").context["search"].page.count == 3

    monkeypatch.setattr(searching, "MANY", 2)

    assert find(client, "pupuk").context["search"].page.count == "2+"


@pytest.mark.parametrize("text", ["pupuk", "pupuk cair", '"pupuk cair"', "pupuk -padi"])
def test_a_full_page_of_common_words_says_how_many_there_are(make_post, monkeypatch, text):
    for number in range(25):
        make_post(title="Pupuk cair", published_at=timezone.now() - timedelta(hours=5 * number))
    monkeypatch.setattr(searching, "FEW", -1)  # as if they were of many posts
    monkeypatch.setattr(TextQuery, "is_common", True)

    def count(many):
        monkeypatch.setattr(searching, "MANY", many)
        return FoundPage(Post.objects.published(), TextQuery(text), QueryDict()).count

    assert count(1000) == 25
    assert count(20) == "20+"
    monkeypatch.setattr(searching, "EFFORT", -1)
    assert count(1000) == ""  # nobody looks through all of them


def test_who_cannot_be_counted_in_time_is_not_counted(client, make_post, monkeypatch):
    for _number in range(25):
        make_post(title="Pupuk")
    monkeypatch.setattr(searching, "FEW", -1)
    monkeypatch.setattr(TextQuery, "is_common", True)
    monkeypatch.setattr(searching, "within_patience", lambda search, settings, otherwise: otherwise)

    response = find(client, "pupuk")

    assert len(titles(response)) == 18
    assertNotContains(response, "yang terbaru lebih dulu")
    assertNotContains(response, "terlalu lama")


def test_a_search_costs_the_same_with_one_post_as_with_twenty(client, make_post):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            find(client, "pupuk")
        return len(queries)

    first = make_post(title="Pupuk")
    searching.statistics()
    atlas.places({first.place_id})
    cost()  # and what a process reads once for all its pages
    with_one = cost()
    for number in range(19):
        make_post(title=f"Pupuk {number}")

    assert cost() == with_one


# Each way of finding gives the same


WAYS = {
    "all from the index": {},
    "the newest, one by one": {"FEW": -1, "WALK": 1000},
    "some one by one, then weeks": {"FEW": -1, "WALK": 3, "WEEKS": 100},
    "one by one in vain, then all": {"FEW": -1, "WALK": 1},
    "some one by one, then a week, then all": {"FEW": -1, "WALK": 3, "WEEKS": 1},
    "some one by one, then week after week": {"FEW": -1, "WALK": 3, "WEEKS": 1, "EFFORT": -1},
}


@pytest.mark.parametrize("common", [True, False])
@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_finding_shows_every_post_once_and_in_order(make_post, monkeypatch, way, common):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(45):
        make_post(title="Pupuk" if number % 2 else "Padi", published_at=start + timedelta(days=3 * number))
    for name, value in WAYS[way].items():
        monkeypatch.setattr(searching, name, value)
    monkeypatch.setattr(TextQuery, "is_common", common)

    forwards, last = walk_through("older", "")
    backwards, _first = walk_through("newer", last)

    expected = list(Post.objects.filter(title="Pupuk").newest_first().values_list("pk", flat=True))
    assert forwards == expected
    assert sorted(backwards, reverse=True) == expected[: len(backwards)]


def walk_through(direction, params):
    """`(the posts of all pages, the address of the last)`, following the links."""
    found = []
    while True:
        page = FoundPage(Post.objects.published(), TextQuery("pupuk"), QueryDict(params))
        found += [row.pk for row in page]
        link = getattr(page, direction)
        if not link:
            return found, params
        params = link.removeprefix("?")


@pytest.mark.owner
def test_what_the_statistics_know_decides(make_post):
    for number in range(300):
        make_post(title=f"Warga {'banjir' if number < 5 else 'desa'}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE activities_post")

    common, rare, both = TextQuery("warga"), TextQuery("banjir"), TextQuery("warga banjir")

    assert common.at_most == pytest.approx(300)
    assert rare.at_most == both.at_most < 10
    assert TextQuery("desa atau banjir").at_most == pytest.approx(300, abs=5)
    assert not common.is_half_typed
    assert TextQuery("war").is_half_typed
    assert common.at_least == pytest.approx(300)
    assert TextQuery("warga desa").at_least == pytest.approx(295, abs=1)
    assert not any(TextQuery(text).at_least for text in ("war", "warga -desa", '"warga"', "warga atau desa", "xyz"))


def test_what_the_statistics_are_sure_of_is_not_counted(client, make_post, monkeypatch):
    for number in range(20):
        make_post(title=f"Pupuk {number}")
    monkeypatch.setattr(searching, "FEW", -1)
    monkeypatch.setattr(TextQuery, "is_common", True)
    monkeypatch.setattr(TextQuery, "at_least", 5_000)

    assert find(client, "pupuk").context["search"].page.count == "1.000+"
    assert find(client, "pupuk", wilayah="64.02").context["search"].page.count == 20


def test_a_search_that_takes_too_long_says_so(client, make_post, monkeypatch):
    make_post(title="Pupuk")
    monkeypatch.setattr(searching, "within_patience", lambda search, settings, otherwise: otherwise)

    assertContains(find(client, "pupuk"), "terlalu lama")


def test_weeks_are_those_of_the_calendar():
    assert weeks(datetime(2026, 12, 28, tzinfo=UTC), datetime(2027, 1, 4, tzinfo=UTC)) == ["@week202653", "@week202701"]


# Suggestions and feed


def test_names_are_suggested_while_someone_types(client, mekar, places):
    offers = client.get("/cari/saran/", {"q": "jembay"})
    kims = client.get("/cari/saran/", {"q": "kim mek"})

    assert offers.json()[0]["url"] == places["64.02.02.2003"].get_absolute_url()
    assert [offer["url"] for offer in kims.json()] == [mekar.get_absolute_url()]
    assert "public" in offers["Cache-Control"]


@pytest.mark.parametrize("typed", ["kuk", "kukar", "KUKAR", "kutai kert"])
def test_a_place_is_suggested_by_its_short_name_too(client, places, typed, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        searched = client.get("/cari/saran/", {"q": typed}).json()
    chosen = client.get("/wilayah/saran/", {"q": typed}).json()

    assert searched[0]["url"] == chosen[0]["url"] == places["64.02"].get_absolute_url()


def test_what_is_refused_is_not_suggested(client, mekar, places):
    assert client.get("/cari/saran/", {"q": "-jembay"}).json() == []


def test_a_search_can_be_followed(client, make_post, places):
    make_post(title="Pelatihan pupuk")
    make_post(title="Panen padi")

    response = client.get("/feed/cari/", {"q": "melatih", "wilayah": "64.02"})

    assertContains(response, "Pelatihan pupuk")
    assertNotContains(response, "Panen padi")
    assertContains(find(client, "melatih", wilayah="64.02"), "/feed/cari/?q=melatih&amp;wilayah=64.02")


# Too often, too long


@pytest.fixture
def few(settings, monkeypatch):
    """Three searches a minute, of a minute that does not end, each told at once."""
    settings.SEARCHES_PER_MINUTE = 3
    monkeypatch.setattr(limits, "TOLD", 1)
    monkeypatch.setattr(limits, "MINUTE", 10**10)


def test_an_address_that_never_stops_searching_is_asked_to_wait(client, make_post, few):
    make_post(title="Pupuk")
    answers = [find(client, "pupuk").status_code for _number in range(4)]

    refused = find(client, "padi")

    assert answers == [200, 200, 200, 429]
    assertContains(refused, "Sebentar dulu", status_code=429)
    assert int(refused["Retry-After"]) > 0
    assert "no-store" in refused["Cache-Control"]


def test_all_ways_to_search_are_counted_and_reading_is_not(client, make_post, few):
    post = make_post(title="Pupuk")

    def ask(*addresses):
        return [client.get(address, {"q": "jembayan"}).status_code for address in addresses]

    assert ask("/cari/", "/feed/cari/", "/en/cari/", "/feed/cari/") == [200, 200, 200, 429]
    assert ask(*["/cari/saran/", "/wilayah/saran/"] * 8) == [200] * 15 + [429]

    for _number in range(5):
        for address in ("/", "/cari/", "/kegiatan/?wilayah=64.02", post.get_absolute_url()):
            assert client.get(address).status_code == 200


def test_each_address_is_counted_for_itself(client, make_post, few):
    for _number in range(5):
        find(client, "pupuk")

    assert find(client, "pupuk").status_code == 429
    assert client.get("/cari/?q=pupuk", REMOTE_ADDR="192.0.2.7").status_code == 200
    # Whoever has one address of IPv6 has billions of them.
    neighbours = [client.get("/cari/?q=pupuk", REMOTE_ADDR=f"2001:db8::{number}").status_code for number in range(1, 5)]
    assert neighbours == [200, 200, 200, 429]


def test_no_visitor_can_claim_another_address(client, make_post, few):
    claims = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in range(4)]

    assert [client.get("/cari/?q=pupuk", headers=claim).status_code for claim in claims][-1] == 429


def test_processes_count_together(client, make_post, few):
    for _number in range(3):
        find(client, "pupuk")
    forget_everything()  # as in another process

    assert find(client, "pupuk").status_code == 429


def test_with_the_cache_gone_a_process_counts_alone(client, make_post, few, monkeypatch):
    make_post(title="Pupuk")
    monkeypatch.setattr(limits, "cache", None)

    assert [find(client, "pupuk").status_code for _number in range(5)] == [200] * 3 + [429] * 2


def test_a_search_now_and_then_asks_no_cache(client, make_post, monkeypatch):
    make_post(title="Pupuk")
    monkeypatch.setattr(limits, "tell", lambda *_: pytest.fail("asked"))

    for _number in range(limits.TOLD - 1):
        assert find(client, "pupuk").status_code == 200


@pytest.mark.parametrize("address", ["/cari/", "/feed/cari/", "/cari/saran/"])
def test_a_database_that_takes_too_long_is_given_up_in_plain_words(client, make_post, monkeypatch, address):
    def slow(*_args, **_kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(5)")

    make_post(title="Pupuk")
    monkeypatch.setattr("kimportal.search.LONGEST", "50ms")
    monkeypatch.setattr("kimportal.search.TextQuery", slow)
    monkeypatch.setattr("kimportal.search.plain", slow)
    start = time.monotonic()

    answer = client.get(address, {"q": "pupuk"})

    assert time.monotonic() - start < 3
    if address == "/cari/saran/":
        assert [*answer.json()[0]] == ["note"]
    else:
        assertContains(answer, "Sedang ramai", status_code=503)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Retry-After"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
