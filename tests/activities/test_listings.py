"""What was corrected and what places offer, each as a list of its own, by region."""

import pytest
from django.urls import reverse

CLAIM = {"type": "klarifikasi", "claim": "Bantuan dibagi lewat SMS", "verdict": "salah", "source_name": "Dinas Sosial"}
GOODS = {"type": "potensi", "product": "Amplang Bu Rahma", "public_contact": "Pasar Jembayan, los 4"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "facts", "words"),
    [
        ("clarifications", CLAIM, ["Bantuan dibagi lewat SMS", "Salah", "Dinas Sosial"]),
        ("potentials", GOODS, ["Amplang Bu Rahma", "Pasar Jembayan, los 4", "Desa Jembayan"]),
    ],
)
def test_a_list_of_one_type_shows_what_matters_of_it_in_a_region(client, make_post, places, name, facts, words):
    post = make_post("Yang dicari", **facts)
    make_post("Berita biasa")
    make_post("Belum terbit", status="submitted", **facts)
    elsewhere = make_post("Di kota sebelah", place=places["64.71.01.1001"], **facts)

    page = client.get(reverse(f"activities:{name}"), {"wilayah": "64.02"}).content.decode()

    assert all(word in page for word in words)
    assert page.count(f'href="{post.get_absolute_url()}"') == 1
    assert elsewhere.get_absolute_url() not in page
    assert "Berita biasa" not in page
    assert "Belum terbit" not in page
    assert f"jenis={facts['type']}&amp;wilayah=64.02" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "facts"), [("clarifications", CLAIM), ("potentials", GOODS)])
def test_a_long_list_of_one_type_costs_no_more_queries(client, make_post, name, facts, django_assert_max_num_queries):
    for number in range(20):
        make_post(f"Kabar {number}", **facts)
    client.get(reverse(f"activities:{name}"))

    with django_assert_max_num_queries(5):
        page = client.get(reverse(f"activities:{name}"))

    assert len(page.context["page"]) == 18
    assert len(client.get(reverse(f"activities:{name}") + page.context["page"].older).context["page"]) == 2


def test_a_region_leads_to_its_own_lists(client, places):
    page = client.get(places["64.02"].get_absolute_url()).content.decode()

    for name in ("agenda", "clarifications", "potentials"):
        assert f'{reverse(f"activities:{name}")}?wilayah=64.02"' in page


@pytest.mark.django_db
def test_words_lead_from_the_list_of_posts_to_the_search_with_what_was_chosen(client, make_post, places):
    post = make_post("Posyandu ramai")

    answer = client.get(reverse("activities:list"), {"q": "posyandu", "wilayah": "64.02"}, follow=True)

    assert answer.redirect_chain == [("/cari/?q=posyandu&wilayah=64.02", 302)]
    assert 'value="posyandu"' in answer.text
    assert post.get_absolute_url() in answer.text
    assert client.get(reverse("activities:list"), {"q": " "}).status_code == 200
