"""A KIM reads its score with all that it comes from, objects within the term, and learns from the best."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from conftest import JUNE, make_user
from django.utils import timezone

from evaluations.facts import FACTS
from evaluations.formula_words import in_words
from evaluations.models import Cycle, Objection
from evaluations.raising import LESS, MORE, NOT_ITS_OWN, nearest_gain

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client, siti):
    client.force_login(siti)
    return client


@pytest.fixture
def told(mekar, make_cycle, make_scores, make_post):
    """Mekar published in two months of 2025, and may object to its score."""
    for month in (5, 6):
        make_post(f"Panen {month}", published_at=JUNE.replace(month=month))
    return make_scores(make_cycle(status="objection"))


def address(kim, cycle, word=""):
    return f"/ruang/kim/{kim.slug}/nilai/{cycle.pk}/{word and word + '/'}"


def line_of(cycle, kim, number):
    score = cycle.scores.get(community=kim)
    return score.lines[number], score.facts


def test_it_shows_total_class_rank_and_each_number(own, mekar, told):
    page = own.get(address(mekar, told)).text

    # 2 of 10 posts are 10 of 50, 2 of 12 months 5 of 30.
    for words in ("15,00", "Pemula", "dari 1 KIM", "dari 50 poin", "berita yang terbit ditambah galeri yang terbit"):
        assert words in page
    assert address(mekar, told, "berita") in page


def test_each_number_leads_to_its_rows(own, mekar, told):
    page = own.get(address(mekar, told, "berita")).text

    assert "Panen 5" in page
    assert "Panen 6" in page
    assert own.get(address(mekar, told, "rahasia")).status_code == 404


def test_it_says_what_would_raise_it(own, mekar, told):
    page = own.get(address(mekar, told)).text

    for words in (
        "Terbitkan 1 berita lagi (+5 poin)",
        "Terbitkan kegiatan pada 1 bulan lagi yang kosong (+2,50 poin)",
        "Hadiri 1 pembinaan lagi (+10 poin)",
    ):
        assert words in page


def test_the_nearest_gain_is_worth_a_point(mekar, make_cycle, make_scores, make_rules):
    rules = make_rules([("jangkauan", "jangkauan_terverifikasi", 100, 5000)])
    cycle = make_scores(make_cycle(rule_set=rules))
    line, facts = line_of(cycle, mekar, 0)

    assert nearest_gain(line, facts, cycle).points == Decimal("1.00")
    assert "50 orang" in nearest_gain(line, facts, cycle).sentence


def test_nothing_is_asked_that_a_kim_cannot_do(mekar, make_cycle, make_scores, make_rules):
    """Nothing came to it that it could pass on."""
    rules = make_rules([("sebar", "informasi_disebarkan / max(informasi_diterima, 1)", 100, 1)])
    cycle = make_scores(make_cycle(rule_set=rules))
    line, facts = line_of(cycle, mekar, 0)

    assert nearest_gain(line, facts, cycle) is None


def test_less_of_something_raises_too(mekar, make_cycle, make_scores, make_rules, make_post):
    make_post(status="hidden", published_at=JUNE)
    rules = make_rules([("mutu", "max(10 - disembunyikan * 5, 0)", 100, 10)])
    cycle = make_scores(make_cycle(rule_set=rules))
    line, facts = line_of(cycle, mekar, 0)

    assert nearest_gain(line, facts, cycle).sentence == "Kurangi 1 kegiatan yang disembunyikan petugas"


def test_of_every_fact_it_is_known_what_a_kim_can_do():
    assert MORE.keys() | LESS.keys() | NOT_ITS_OWN == FACTS.keys()


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("min(berita + galeri, 24) / 2", "(berita yang terbit ditambah galeri yang terbit, paling banyak 24) dibagi 2"),
        ("pembinaan * 2.5", "pembinaan yang dihadiri dikali 2,5"),
        ("(berita + 1) * 2", "(berita yang terbit ditambah 1) dikali 2"),
        ("berita - (galeri - 1)", "berita yang terbit dikurangi (galeri yang terbit dikurangi 1)"),
        ("max(10 - berita, 0)", "10 dikurangi berita yang terbit, paling sedikit 0"),
        ("max(berita, galeri)", "yang terbesar dari: berita yang terbit; galeri yang terbit"),
        ("-berita + 3", "−berita yang terbit ditambah 3"),
    ],
)
def test_a_formula_in_words(formula, words):
    assert in_words(formula) == words


# When


@pytest.mark.parametrize("status", ["planned", "open", "computed"])
def test_nothing_is_shown_before_objections(own, mekar, make_cycle, make_scores, status):
    cycle = make_scores(make_cycle())
    Cycle.objects.filter(pk=cycle.pk).update(status=status)
    page = own.get(f"/ruang/kim/{mekar.slug}/nilai/").text

    assert own.get(address(mekar, cycle)).status_code == 404
    sentence = "Belum ada evaluasi" if status == "planned" else "Nilainya sedang dihitung"
    assert sentence in page


def test_while_the_period_lasts_it_says_until_when(own, mekar, make_cycle):
    make_cycle(year=timezone.localdate().year)

    assert "masih dinilai sampai 31 Desember" in own.get(f"/ruang/kim/{mekar.slug}/nilai/").text


@pytest.mark.parametrize("status", ["objection", "frozen", "published"])
def test_from_objections_on_it_is_listed_and_linked_from_the_room(own, mekar, make_cycle, make_scores, status):
    cycle = make_scores(make_cycle(status=status))

    assert address(mekar, cycle) in own.get(f"/ruang/kim/{mekar.slug}/nilai/").text
    assert f"/ruang/kim/{mekar.slug}/nilai/" in own.get(f"/ruang/kim/{mekar.slug}/").text


def test_it_is_for_the_people_of_the_kim(client, mekar, told):
    client.force_login(make_user("Joko"))

    for path in (address(mekar, told), address(mekar, told, "berita"), address(mekar, told, "sanggah")):
        assert client.get(path).status_code == 404
    assert client.get(f"/ruang/kim/{mekar.slug}/belajar/").status_code == 404


# Objecting


def test_the_board_objects_and_reads_the_answer(own, mekar, told, made):
    indicator = told.rule_set.indicators.get(word="publikasi")
    answer = own.post(
        address(mekar, told, "sanggah"), {"text": "Berita 3 Mei belum terhitung.", "indicator": indicator.pk}
    )
    assert answer.status_code == 302
    objection = Objection.objects.get()
    assert (objection.indicator, objection.community) == (indicator, mekar)

    objection.answer(by=made, reply="Berita itu terbit tahun 2024.", is_granted=False)

    page = own.get(address(mekar, told)).text
    for words in ("Berita 3 Mei belum terhitung.", "Berita itu terbit tahun 2024.", "tidak diterima"):
        assert words in page


def test_after_the_term_it_is_refused_beside_what_was_typed(own, mekar, told):
    Cycle.objects.filter(pk=told.pk).update(objections_until=date(2026, 1, 1))
    assert address(mekar, told, "sanggah") not in own.get(address(mekar, told)).text
    late = own.get(address(mekar, told, "sanggah")).text
    assert "tidak dapat disanggah lagi" in late
    assert "akan menjawabnya" not in late
    assert f'href="{address(mekar, told)}">Lihat nilai' in late

    answer = own.post(address(mekar, told, "sanggah"), {"text": "Berita 3 Mei belum terhitung."})

    assert answer.status_code == 409
    assert "Masa sanggah evaluasi ini tidak sedang berjalan." in answer.text
    assert "Berita 3 Mei belum terhitung." in answer.text
    assert not Objection.objects.exists()


def test_one_objection_waits_at_a_time(own, mekar, told):
    own.post(address(mekar, told, "sanggah"), {"text": "Berita 3 Mei."})
    answer = own.post(address(mekar, told, "sanggah"), {"text": "Berita 4 Mei."})

    assert (answer.status_code, Objection.objects.count()) == (409, 1)


def test_a_double_tap_sends_one_objection_and_is_no_mistake(own, mekar, told):
    sent = {"text": "Berita 3 Mei.", "csrfmiddlewaretoken": "of-this-page"}
    first, second = (own.post(address(mekar, told, "sanggah"), sent, follow=True) for _tap in range(2))

    assert (first.status_code, second.status_code, Objection.objects.count()) == (200, 200, 1)
    assert "mungkin tombolnya terketuk dua kali" in second.text
    assert "menunggu jawaban petugas" in second.text
    assert f'"{address(mekar, told, "sanggah")}"' not in second.text


@pytest.fixture
def objection(mekar, told, siti):
    return Objection.objects.make(told.scores.get(community=mekar), "Berita 3 Mei.", by=siti)


def test_the_board_changes_its_objection_and_takes_it_back(own, mekar, told, objection):
    url = address(mekar, told, f"sanggah/{objection.pk}")
    assert url in own.get(address(mekar, told)).text
    assert "Berita 3 Mei." in own.get(url).text

    assert own.post(url, {"text": "Berita 4 Mei."}).status_code == 302
    objection.refresh_from_db()
    assert objection.text == "Berita 4 Mei."
    page = own.post(f"{url}tarik/", follow=True).text

    assert "Sanggahan ditarik kembali." in page
    assert address(mekar, told, "sanggah") in page
    assert url not in page
    objection.refresh_from_db()
    assert objection.status == "withdrawn"


def test_of_two_pages_the_second_sees_what_the_first_saved(own, mekar, told, objection):
    url = address(mekar, told, f"sanggah/{objection.pk}")
    opened = own.get(url).context["form"].version
    own.post(url, {"text": "Berita 4 Mei.", "version": opened})

    late = own.post(url, {"text": "Berita 5 Mei.", "version": opened})

    assert late.status_code == 409
    assert "Berita 4 Mei." in late.text
    assert "Berita 5 Mei." in late.text
    objection.refresh_from_db()
    assert objection.text == "Berita 4 Mei."
    own.post(url, {"text": "Berita 5 Mei.", "version": late.context["form"].version})
    objection.refresh_from_db()
    assert objection.text == "Berita 5 Mei."


def test_after_the_term_or_an_answer_it_is_neither_changed_nor_taken_back(own, mekar, told, objection, made):
    url = address(mekar, told, f"sanggah/{objection.pk}")

    def refused(sentence):
        changing, taking = own.post(url, {"text": "Berita 4 Mei."}), own.post(f"{url}tarik/")
        objection.refresh_from_db()
        assert objection.text == "Berita 3 Mei."
        assert (changing.status_code, sentence in changing.text, "Berita 4 Mei." in changing.text) == (409, True, True)
        return taking.status_code, sentence in taking.text, url in own.get(address(mekar, told)).text

    assert own.post(url, {"text": " "}).status_code == 200
    Cycle.objects.filter(pk=told.pk).update(objections_until=date(2026, 1, 1))
    assert refused("Masa sanggah evaluasi ini tidak sedang berjalan.") == (409, True, False)
    assert "Masa sanggah berakhir" in own.get(url).text
    Cycle.objects.filter(pk=told.pk).update(objections_until=date(2099, 1, 1))
    objection.answer(by=made, reply="Sudah benar.", is_granted=False)
    assert refused("Sanggahan ini sudah dijawab") == (409, True, False)


def test_the_objection_of_another_kim_is_not_there(own, mekar, told, make_community, siti):
    other = make_community("KIM Lain")
    theirs = told.objections.create(community=other, text="Kurang.", by=siti)

    for path in (f"sanggah/{theirs.pk}", f"sanggah/{theirs.pk}/tarik"):
        assert own.post(address(mekar, told, path), {"text": "Ubah."}).status_code == 404
    assert own.get(address(mekar, told, f"sanggah/{theirs.pk}")).status_code == 404


def test_a_kim_that_left_the_evaluation_has_no_score_there(own, mekar, told, make_scores, made):
    mekar.dissolve(by=made, note="Bubar.")
    make_scores(told)

    assert own.get(address(mekar, told)).status_code == 404
    assert own.get(f"/ruang/kim/{mekar.slug}/nilai/").status_code == 200


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": " "}, "Tulis apa yang tidak sesuai."),
        ({"text": "Keliru.", "indicator": "abc"}, "Pilih indikator dari daftar ini."),
        ({"text": "Keliru.", "indicator": "999999"}, "Pilih indikator dari daftar ini."),
    ],
)
def test_what_cannot_be_sent_is_said(own, mekar, told, form, sentence):
    assert sentence in own.post(address(mekar, told, "sanggah"), form).text
    assert not Objection.objects.exists()


def test_a_member_without_an_office_does_not_object(client, mekar, told):
    wayan = make_user("Wayan")
    mekar.memberships.create(user=wayan, name="Wayan")
    client.force_login(wayan)

    assert "Sanggahan diajukan oleh pengurus KIM." in client.get(address(mekar, told)).text
    assert client.post(address(mekar, told, "sanggah"), {"text": "Keliru."}).status_code == 409


# Learning


@pytest.fixture
def around(mekar, sector, make_community, make_post):
    """KIM Melati of the same field, with a post that another took up; KIM Laut of another field."""
    mekar.sectors.add(sector)
    melati, sea = make_community("KIM Melati"), make_community("KIM Laut")
    melati.sectors.add(sector)
    liked = make_post("Bank sampah", community=melati, published_at=JUNE)
    make_post("Rapat", community=melati, published_at=JUNE + timedelta(days=3))
    make_post("Bank sampah di Laut", community=sea, origin=liked, published_at=JUNE + timedelta(days=9))
    return melati, liked


def test_the_best_of_the_same_field_are_shown_with_what_was_taken_up(own, mekar, around, make_cycle, make_scores):
    melati, liked = around
    make_scores(make_cycle(status="published"))
    page = own.get(f"/ruang/kim/{mekar.slug}/belajar/")

    ((_cycle, ((score, posts),)),) = page.context["best"]
    assert score.community == melati
    assert [(post.title, post.taken_up) for post in posts] == [("Bank sampah", 1), ("Rapat", 0)]
    assert f"/ruang/kegiatan/{liked.pk}/pakai/" in page.text


@pytest.mark.parametrize("status", ["open", "computed", "objection", "frozen"])
def test_what_is_not_published_tells_nothing_of_others(own, mekar, around, make_cycle, make_scores, status):
    make_scores(make_cycle(status=status))

    assert "KIM Melati" not in own.get(f"/ruang/kim/{mekar.slug}/belajar/").text


def test_another_region_is_not_around(own, mekar, around, make_cycle, make_scores):
    make_scores(make_cycle(status="published", region="64.71"))

    assert not own.get(f"/ruang/kim/{mekar.slug}/belajar/").context["best"]


def test_learning_costs_the_same_with_more_kim(
    own, mekar, around, sector, make_cycle, make_scores, make_community, make_post, django_assert_num_queries
):
    cycle = make_scores(make_cycle(status="published"))
    own.get(f"/ruang/kim/{mekar.slug}/belajar/")
    with django_assert_num_queries(10):
        own.get(f"/ruang/kim/{mekar.slug}/belajar/")
    for name in ("KIM Satu", "KIM Dua"):
        kim = make_community(name)
        kim.sectors.add(sector)
        make_post(community=kim, published_at=JUNE)
    Cycle.objects.filter(pk=cycle.pk).update(status="open")
    make_scores(Cycle.objects.get(pk=cycle.pk))
    Cycle.objects.filter(pk=cycle.pk).update(status="published")
    with django_assert_num_queries(10):
        own.get(f"/ruang/kim/{mekar.slug}/belajar/")
