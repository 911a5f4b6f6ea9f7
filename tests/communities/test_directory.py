"""The directory of KIM: what it keeps of a list is never older than the news of its place."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.images import prepare_photo
from communities.cards import cards_of
from communities.filters import CommunityFilter
from communities.models import Community, CommunityPicture
from pages import freshness

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture(autouse=True)
def keeping(settings, monkeypatch):
    settings.CARD_STORE, settings.PAGE_STORE = True, False
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    # A test's transaction is never through.
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())


@pytest.fixture(params=["", "?wilayah=64.02", "?tingkat=4"])
def directory(request, client):
    return lambda: client.get(reverse("communities:list") + request.param).text


def test_a_list_is_read_once_for_as_long_as_nothing_changes(directory, mekar):
    first = directory()
    assert mekar.name in first

    with CaptureQueriesContext(connection) as queries:
        assert directory().count(mekar.get_absolute_url()) == first.count(mekar.get_absolute_url())

    assert "communities_community" not in " ".join(query["sql"] for query in queries)


def test_a_new_name_is_shown_at_once(directory, mekar):
    directory()
    mekar.name = "KIM Sejahtera"
    mekar.save()

    assert "KIM Sejahtera" in directory()


def test_who_is_inaugurated_suspended_or_merged_is_shown_so_at_once(
    directory, mekar, made, make_decree, make_community
):
    assert "Dikukuhkan" not in directory()
    mekar.inaugurate(by=made, decree=make_decree())
    assert "Dikukuhkan" in directory()

    mekar.suspend(by=made, note="Vakum")
    assert mekar.get_absolute_url() not in directory()

    mekar.restore(by=made)
    assert mekar.get_absolute_url() in directory()

    mekar.merge_into(make_community("KIM Tujuan"), by=made)
    assert mekar.get_absolute_url() not in directory()
    assert "KIM Tujuan" in directory()


def test_a_new_logo_is_shown_at_once(directory, mekar, siti):
    directory()
    file = io.BytesIO()
    Image.new("RGB", (500, 500)).save(file, "PNG")
    copies = prepare_photo(SimpleUploadedFile("logo.png", file.getvalue(), "image/png"))
    logo = CommunityPicture.objects.show(mekar, "logo", copies, "Padi", by=siti)
    assert logo.src320 in directory()

    CommunityPicture.objects.remove(mekar, "logo", by=siti)
    assert logo.src320 not in directory()


def test_a_card_says_the_same_of_a_row_and_of_a_model(make_community):
    make_community(HOSTILE, is_imported=True)

    (of_row,) = cards_of(Community.objects.card_rows())
    (of_model,) = cards_of(Community.objects.for_cards())

    assert of_row == of_model
    assert "<script" not in of_row
    assert "Data lama, belum dikonfirmasi" in of_row


def test_a_list_is_shown_without_a_model_for_each_row(mekar, monkeypatch):
    cards_of(Community.objects.card_rows())  # the place is remembered
    monkeypatch.setattr(Model, "from_db", None)

    (card,) = cards_of(Community.objects.card_rows())

    assert mekar.name in card


def test_choices_made_before_are_understood_without_a_form(client, mekar, monkeypatch):
    url = f"{reverse('communities:list')}?wilayah=64.02&tingkat=4"
    first = client.get(url)
    monkeypatch.setattr(CommunityFilter, "get_form_class", None)

    again = client.get(url)

    assert again.context["filter"].names == first.context["filter"].names != {}
    for shown in ('value="4" selected', "Kabupaten Kutai Kartanegara", mekar.name):
        assert again.text.count(shown) == first.text.count(shown) > 0


def test_what_is_not_understood_is_asked_about_each_time(client, mekar):
    for _visit in range(2):
        asking = client.get(reverse("communities:list"), {"wilayah": "Negeri di awan"})
        assert asking.context["filter"].is_asking
        assert "Wilayah ini tidak kami temukan" in asking.text
