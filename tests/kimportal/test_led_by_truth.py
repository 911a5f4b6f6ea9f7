"""What was recalled, or marked as a hoax, stays in the lists that it is in, with its mark, and leads none of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db

REGION, KIM = "/wilayah/64.02-kutai-kartanegara/", "/kim/kim-1/"
LISTS = [REGION, KIM, "/kegiatan/", "/kegiatan/?wilayah=64", "/wilayah-saya/berita/64.02/", "/cari/?q=posyandu"]
WARNINGS = {"is_hoax": "Hoaks", "is_recalled": "Ditarik"}


@pytest.fixture
def newest_first(make_post):
    """Makes posts with these facts, from the newest on; each is called by its number."""

    def make(*facts):
        now = timezone.now()
        return [
            make_post(title=f"Posyandu {number}", published_at=now - timedelta(hours=number), **fact)
            for number, fact in enumerate(facts, 1)
        ]

    return make


def text_of(page):
    return page.text.replace("<mark>Posyandu</mark>", "Posyandu")


@pytest.mark.parametrize("warning", WARNINGS)
@pytest.mark.parametrize("path", LISTS)
def test_what_has_a_warning_leads_no_list_and_stays_in_its_place_below(client, newest_first, path, warning):
    newest_first({warning: True}, {warning: True}, {}, {})

    text = text_of(client.get(path))

    found = sorted(range(1, 5), key=lambda number: text.index(f">Posyandu {number}</"))
    assert found == [3, 1, 2, 4]
    assert text.count(f">{WARNINGS[warning]}<") == 2


@pytest.mark.parametrize("path", LISTS)
def test_where_all_have_one_the_newest_comes_first(client, newest_first, path):
    newest_first({"is_recalled": True}, {"is_hoax": True})

    text = text_of(client.get(path))
    assert text.index(">Posyandu 1</") < text.index(">Posyandu 2</")


@pytest.mark.parametrize("kind", ["potensi", "klarifikasi"])
def test_nor_does_it_lead_a_list_of_one_type(client, newest_first, kind):
    about = {"type": kind, **({"claim": "Pupuk beracun", "verdict": "salah"} if kind == "klarifikasi" else {})}
    newest_first(about | {"is_recalled": True}, about)

    text = client.get(f"/{kind}/").text
    assert text.index("Posyandu 2</a>") < text.index("Posyandu 1</a>")


def test_the_front_page_shows_none_at_all(client, newest_first):
    newest_first({"is_recalled": True}, {"is_hoax": True}, {})

    text = client.get("/").text
    assert "Posyandu 3</a>" in text
    assert "Posyandu 1" not in text
    assert "Posyandu 2" not in text


def test_no_post_is_lost_between_two_pages_nor_shown_on_both(client, newest_first):
    newest_first(*[{"is_recalled": True}] * 17, {}, {}, {"is_recalled": True}, {})

    first = client.get("/kegiatan/")
    second = client.get(f"/kegiatan/{first.context['page'].older}")

    titles = [[f"Posyandu {n}" for n in range(1, 22) if f">Posyandu {n}</" in page.text] for page in (first, second)]
    assert titles == [[f"Posyandu {n}" for n in range(1, 19)], [f"Posyandu {n}" for n in range(19, 22)]]
    assert first.text.index(">Posyandu 18</") < first.text.index(">Posyandu 1</")
    assert second.text.index(">Posyandu 19</") < second.text.index(">Posyandu 20</")
