"""What ran out of time is not finished, and nowhere says that there is none; what is named exactly is found in time."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from activities.models import Post
from communities.forms import SeatForm
from kimportal import search as searching
from pages import patience, questions
from regions import finding
from regions.models import Region

UNFINISHED = "Pencarian belum selesai, coba lagi."
SAID_OF_NONE = ["tidak kami temukan", "Belum ada yang cocok", "Tidak ada wilayah", "Tidak ada kegiatan"]

LISTS = [
    "activities:list",
    "activities:agenda",
    "activities:clarifications",
    "activities:potentials",
    "communities:list",
]


def never_answers(*_args, **_options):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(30)")


@pytest.fixture
def busy(monkeypatch):
    """The database looks for what resembles the words, and does not find it in time."""
    monkeypatch.setattr(patience, "PATIENCE", "20ms")
    monkeypatch.setattr(finding, "resembling", never_answers)
    monkeypatch.setattr(finding, "in_order", never_answers)


def says_unfinished(page):
    assert UNFINISHED in page.text
    assert not [words for words in SAID_OF_NONE if words in page.text]
    assert "no-store" in page["Cache-Control"], "or whoever tries again is shown the same"
    return True


@pytest.mark.parametrize("typed", ["Tenggarong", "kec. tenggarong", "Tenggarong, Kutai Kartanegara", "64.02.06"])
def test_an_exact_name_is_found_all_the_same(busy, places, typed):
    assert Region.objects.find(typed)[0] == places["64.02.06"]
    assert Region.objects.named(typed)[0] == places["64.02.06"]


def test_so_is_what_begins_as_it_was_typed(busy, places):
    assert [place.code for place in Region.objects.find("balik")] == ["64.71", "64.71.01"]
    assert [place.code for place in Region.objects.find("Loa")] == ["64.02.02"]


def test_the_rest_is_known_to_be_unfinished(busy, places):
    assert Region.objects.find("Tenggarong").is_cut
    assert Region.objects.find("tengarong") == []
    assert Region.objects.find("tengarong").is_cut
    assert Region.objects.named("tengarong").is_cut
    assert not Region.objects.find("64.02.06").is_cut


def test_what_was_not_finished_is_asked_for_anew(places, monkeypatch):
    with monkeypatch.context() as hurried:
        hurried.setattr(patience, "PATIENCE", "20ms")
        hurried.setattr(finding, "in_order", never_answers)
        assert Region.objects.named("tengarong").is_cut

    assert [place.name for place in Region.objects.named("tengarong")] == ["Tenggarong"]


def test_a_database_that_is_gone_is_not_a_search_that_takes_long(places, monkeypatch):
    def gone(*_args):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(finding, "resembling", gone)
    with pytest.raises(OperationalError):
        Region.objects.find("tengarong")


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_to_try_again(client, busy, places, name):
    assert says_unfinished(client.get(reverse(name), {"wilayah": "tengarong"}))
    assert UNFINISHED not in client.get(reverse(name), {"wilayah": "Tenggarong"}).text


@pytest.mark.parametrize("name", ["regions:index", "regions:mine"])
def test_looking_for_a_place_asks_to_try_again(client, busy, places, name):
    assert says_unfinished(client.get(reverse(name), {"q": "tengarong"}))
    found = client.get(reverse(name), {"q": "Tenggarong"})
    assert says_unfinished(found)
    assert "Kecamatan Tenggarong, Kutai Kartanegara" in found.text


def test_suggestions_end_in_a_note(client, busy, places):
    answer = client.get(reverse("regions:suggest"), {"q": "Tenggarong"})

    assert [offer.get("label") for offer in answer.json()] == [places["64.02.06"].long_name, None]
    assert answer.json()[-1] == {"note": UNFINISHED}
    assert "no-store" in answer["Cache-Control"]


def test_so_do_those_of_the_search_for_everything(client, busy, places, monkeypatch):
    monkeypatch.setattr(searching, "LONGEST", "20ms")
    monkeypatch.setattr("kimportal.views.searching.suggestions", never_answers)
    answer = client.get(reverse("search_suggest"), {"q": "tenggarong"})

    assert answer.json() == [{"note": UNFINISHED}]
    assert "no-store" in answer["Cache-Control"]


def test_the_search_for_everything_says_that_names_are_unfinished(client, busy, places, make_post):
    make_post("Posyandu")

    page = client.get(reverse("search"), {"q": "posyandu"})
    assert says_unfinished(page)
    assert "Posyandu" in page.text


def test_the_search_for_a_kim_is_not_none_either(client, places, mekar, monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE", "20ms")
    monkeypatch.setattr(questions, "_composed", {})  # where an earlier test put the same together
    monkeypatch.setattr(type(mekar).objects.all().__class__, "closest", never_answers)

    assert UNFINISHED in client.get(reverse("search"), {"q": "mekar"}).text


def test_a_feed_asks_to_come_back(client, busy, places):
    for address, params in [("files:feed", {}), ("search_feed", {"q": "posyandu"})]:
        answer = client.get(reverse(address), params | {"wilayah": "tengarong"})

        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert UNFINISHED in answer.text


def test_a_feed_of_words_that_were_not_looked_for_to_the_end_is_not_empty(client, make_post, monkeypatch):
    make_post("Pupuk")
    monkeypatch.setattr("activities.searching.within_patience", lambda search, settings, otherwise: otherwise)

    assert client.get(reverse("search_feed"), {"q": "pupuk"}).status_code == 503


def test_who_registers_a_kim_is_asked_to_try_again(busy, places):
    form = SeatForm({"name": "KIM Baru", "seat": "tengarong"})

    assert form.errors["seat"] == [UNFINISHED]


def test_the_desk_says_so_in_lists_and_where_one_types(desk, busy, places):
    query = {"app_label": "communities", "model_name": "community", "field_name": "seat"}

    listed = desk.get(reverse("admin:regions_region_changelist"), {"q": "tengarong"})
    offered = desk.get(reverse("admin:autocomplete"), query | {"term": "Tenggarong"}).json()["results"]

    assert UNFINISHED in listed.text
    assert [offer["text"] for offer in offered] == [places["64.02.06"].long_name, UNFINISHED]
    assert offered[-1]["disabled"]


def test_an_answer_in_time_is_kept_again(client, busy, places, monkeypatch):
    client.get(reverse("activities:list"), {"wilayah": "tengarong"})

    assert "public" in client.get(reverse("activities:list"))["Cache-Control"]
    assert Post.objects.count() == 0
