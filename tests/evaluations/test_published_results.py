"""Everyone reads results once they are published, and the rules they come from; nothing of any other cycle."""

import pytest
from conftest import JUNE
from django.urls import reverse
from django.utils import timezone

from evaluations.models import Cycle, Selection
from pages.paging import write_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(mekar, make_community, make_post, make_cycle, make_scores):
    make_post(published_at=JUNE)
    make_community("KIM Bahari", seat="64.02.06")
    return make_scores(make_cycle(status="published"))


def test_ranks_and_classes_are_read_by_everyone(client, published):
    text = client.get(published.get_absolute_url()).text

    assert "Evaluasi KIM Kabupaten Kutai Kartanegara 2025" in text
    assert text.index("KIM Mekar") < text.index("KIM Bahari")
    assert "7,50" in text
    assert "pemula" in text
    assert published.digest in text
    assert published.get_absolute_url() in client.get(reverse("evaluations:list")).text


@pytest.mark.parametrize("status", ["planned", "open", "computed", "objection", "frozen"])
def test_what_is_not_published_is_nowhere(client, published, status):
    Cycle.objects.filter(pk=published.pk).update(status=status)

    assert client.get(published.get_absolute_url()).status_code == 404
    assert "2025" not in client.get(reverse("evaluations:list")).text


def test_results_are_narrowed_by_name_region_and_class(client, published):
    url = published.get_absolute_url()

    assert "KIM Bahari" not in client.get(url, {"q": "mekar"}).text
    assert "namanya mirip" not in client.get(url, {"q": "mekar"}).text
    assert "Tidak ada KIM bernama “mekr”. Ini yang namanya mirip." in client.get(url, {"q": "mekr"}).text
    assert "Lihat yang di Kecamatan Loa Kulu" in client.get(url, {"q": "loa kulu"}).text
    assert "KIM Mekar" not in client.get(url, {"wilayah": "64.02.06"}).text
    assert "Tidak ada KIM yang cocok" in client.get(url, {"kelas": "mandiri"}).text
    assert client.get(url, {"kelas": "juara"}).status_code == 200
    assert client.get(url, {"wilayah": "Atlantis"}).status_code == 200
    assert client.get(url, {"sesudah": write_key("satu", 1)}).status_code == 404


def test_a_list_of_many_costs_as_one_of_few(
    client, published, make_community, make_scores, django_assert_max_num_queries
):
    url = published.get_absolute_url()
    with django_assert_max_num_queries(8):
        client.get(url)
    for number in range(5):
        make_community(f"KIM {number}")
    make_scores(published)

    with django_assert_max_num_queries(8):
        client.get(url)


def test_the_rules_are_told_in_words(client, published):
    text = client.get(published.rule_set.get_absolute_url()).text

    assert "berita + galeri" in text
    assert "berita yang terbit" in text
    assert "Sampai 50 poin" in text
    assert "mulai dari nilai 80" in text


def test_rules_that_are_a_draft_are_nobody_elses(client, make_rules):
    assert client.get(make_rules(status="draft").get_absolute_url()).status_code == 404


def test_who_was_selected_is_told(client, published, mekar, made, places):
    Selection.objects.create(
        cycle=published, community=mekar, to_region=places["64"], by=made, status="accepted",
        decided_by_user=made, decided_at=timezone.now(),
    )  # fmt: skip

    assert "Terpilih ke tingkat berikutnya" in client.get(published.get_absolute_url()).text


def test_a_kept_page_is_renewed_by_publishing(client, published, made, settings, django_capture_on_commit_callbacks):
    settings.PAGE_STORE = True
    Cycle.objects.filter(pk=published.pk).update(status="frozen")
    assert client.get(published.get_absolute_url()).status_code == 404
    assert "2025" not in client.get(reverse("evaluations:list")).text

    with django_capture_on_commit_callbacks(execute=True):
        Cycle.objects.get(pk=published.pk).publish(by=made)

    assert "2025" in client.get(reverse("evaluations:list")).text
    assert client.get(published.get_absolute_url()).status_code == 200
