"""A typed place that may be several is asked about, wherever one types it; it is never guessed."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from communities.admin.roster_forms import RowsForm
from regions.models import Region

LISTS = [
    "activities:list",
    "activities:agenda",
    "activities:clarifications",
    "activities:potentials",
    "communities:list",
]


@pytest.fixture
def kutai(places):
    """The three regencies whose names begin so, none of which is Kutai."""
    made = [places["64.02"]]
    for code, name in [("64.07", "Kutai Barat"), ("64.08", "Kutai Timur")]:
        region = Region(
            code=code, level=2, kind="kabupaten", local_term="kabupaten", name=name, slug=code,
            parent=places["64"], province=places["64"], search_name=name.lower(), search_text=name.lower(),
            names=[name.lower().replace(" ", "")],
        )  # fmt: skip
        region.save()
        region.regency = region
        region.save()
        made.append(region)
    return made


def choices(page):
    return [line for line in page.text.splitlines() if 'type="radio"' in line]


@pytest.mark.parametrize("name", LISTS)
def test_each_list_asks_which_is_meant(client, kutai, name):
    page = client.get(reverse(name), {"wilayah": "kutai"})

    assert "Tidak ada wilayah bernama persis “kutai”" in page.text
    text = " ".join(page.text.split())
    for region in kutai:
        assert f'name="wilayah" value="{region.code}"> {region.long_name}' in text


def test_what_else_was_typed_stays(client, kutai, sector):
    page = client.get(reverse("activities:list"), {"wilayah": "kutai", "bidang": sector.slug, "sejak": "2026-01-01"})

    assert 'value="kutai"' in page.text
    assert f'<option value="{sector.slug}" selected>' in page.text
    assert 'value="2026-01-01"' in page.text


def test_nothing_is_shown_until_it_is_known(client, kutai, make_post):
    make_post("Posyandu Melati")

    assert "Posyandu Melati" not in client.get(reverse("activities:list"), {"wilayah": "kutai"}).text
    assert "Posyandu Melati" not in client.get(reverse("search"), {"q": "melati", "wilayah": "kutai"}).text


def test_a_choice_counts_before_the_words_it_answers(client, kutai, make_post):
    make_post("Posyandu Melati")
    address = reverse("activities:list")

    assert "Posyandu Melati" in client.get(f"{address}?wilayah=kutai&wilayah=64.02").text
    page = client.get(f"{address}?wilayah=kutai&wilayah=64.07")
    assert "Posyandu Melati" not in page.text
    assert 'value="Kabupaten Kutai Barat, Kalimantan Timur"' in page.text


def test_one_exact_name_is_no_question(client, kutai, make_post):
    make_post("Posyandu Melati")

    page = client.get(reverse("activities:list"), {"wilayah": "kutai kartanegara"})
    assert "Posyandu Melati" in page.text
    assert not choices(page)


def test_one_that_only_resembles_is_asked_about_too(client, places):
    page = client.get(reverse("activities:list"), {"wilayah": "balikpapan tmur"})

    assert "64.71.01" in page.text
    assert choices(page)


def test_two_with_the_same_name_are_asked_about(client, places):
    Region.objects.filter(code="64.02.02.2011").update(name="Jembayan", names=["jembayan"])

    page = client.get(reverse("communities:list"), {"wilayah": "Jembayan"})
    assert "Ada beberapa wilayah bernama “Jembayan”" in page.text
    assert page.text.count('name="wilayah" value="64.02.02.20') == 2


def test_a_feed_refuses_with_a_sentence(client, kutai):
    for address, params in [("files:feed", {}), ("search_feed", {"q": "posyandu"})]:
        answer = client.get(reverse(address), params | {"wilayah": "kutai"})

        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/plain")
        assert "?wilayah=64.07  Kabupaten Kutai Barat, Kalimantan Timur" in answer.text


def test_the_desk_asks_too(kutai):
    row = SimpleNamespace(
        pk=7,
        name="KIM Baru",
        candidates=[],
        region_id=None,
        status="not_found",
        faults={},
        hints={},
        by_column={},
        corrections={},
        roster=SimpleNamespace(columns={}, month_first=False),
    )
    form = RowsForm({"c7": "kutai"}, rows=[row])

    assert "Tidak ada wilayah bernama persis “kutai”" in form.errors["c7"][0]
    assert 'name="c7" value="64.07"> Kabupaten Kutai Barat' in " ".join(str(form["c7"]).split())


def test_what_is_typed_stays_what_it_is(client, places):
    page = client.get(reverse("activities:list"), {"wilayah": "<b>kutai</b>"})

    assert "<b>kutai" not in page.text
