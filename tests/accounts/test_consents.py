"""What somebody agreed to is there to be seen with its date, and is taken back by one button."""

import pytest

from accounts.consents import PURPOSES, consents_of
from accounts.models import Endpoint
from alerts.models import Subscriber
from tests.accounts.test_own_data import read, taken_along

pytestmark = pytest.mark.django_db

CONSENTS = "/ruang/akun/persetujuan/"


def given(user):
    return {purpose.word for purpose, since in consents_of(user) if since}


@pytest.fixture
def agreed(joko, make_post, make_aspiration, places):
    """Joko, who agreed to everything that there is."""
    for channel in ("push", "telegram", "whatsapp"):
        Endpoint.objects.link(channel, f"https://updates.push.services.mozilla.com/{channel}", user=joko)
    Subscriber.objects.of_user(joko).follow({"region": places["64.02"]}, confirmed=True)
    make_aspiration(sender=joko, sender_name="Joko Susilo", is_name_public=True)
    facts = {"type": "potensi", "product": "Madu", "public_contact": "0812-7777-8888"}
    post = make_post("Madu hutan", author=joko, **facts)
    post.revisions.propose(post, post.facts | {"title": "Madu kelulut"}, by=joko)
    return joko


def test_each_purpose_is_shown_with_its_date_and_taken_along(client, agreed, siti):
    Endpoint.objects.update(linked_at="2026-03-03T03:00Z")
    client.force_login(agreed)

    page = client.get(CONSENTS)

    assert given(agreed) == PURPOSES.keys()
    assert "sejak 3 Maret 2026" in page.text
    assert page.text.count('name="tujuan"') == len(PURPOSES)
    assert len(read(taken_along(agreed))["persetujuan"]) == len(PURPOSES)
    assert given(siti) == set()


@pytest.mark.parametrize("word", PURPOSES)
def test_what_is_taken_back_is_done_no_more_and_the_rest_goes_on(client, agreed, word):
    client.force_login(agreed)

    page = client.post(CONSENTS, {"tujuan": word}, follow=True)

    assert "Persetujuan sudah dicabut." in page.text
    assert given(agreed) == PURPOSES.keys() - {word}
    assert "Tidak ada persetujuan" in client.post(CONSENTS, {"tujuan": word}, follow=True).text


def test_a_name_and_a_contact_leave_the_public_pages(client, agreed):
    wish, post = agreed.aspirations.get(), agreed.posts.get()
    assert "Joko Susilo" in client.get(wish.get_absolute_url()).text
    assert "0812-7777-8888" in client.get(post.get_absolute_url()).text
    client.force_login(agreed)

    for word in ("nama-usulan", "kontak-kegiatan"):
        client.post(CONSENTS, {"tujuan": word})

    assert "Joko Susilo" not in client.get(wish.get_absolute_url()).text
    assert "0812-7777-8888" not in client.get(post.get_absolute_url()).text
    assert "0812-7777-8888" not in str(list(post.revisions.values_list("facts", flat=True)))


@pytest.mark.parametrize("word", ["", "tidak-ada", "\x00", "x" * 4000])
def test_what_is_no_purpose_changes_nothing(client, agreed, word):
    client.force_login(agreed)

    assert client.post(CONSENTS, {"tujuan": word}).url == CONSENTS

    assert given(agreed) == PURPOSES.keys()


def test_a_chat_that_the_portal_does_not_have_is_not_offered_but_taken_back(client, joko):
    client.force_login(joko)
    assert "Telegram" not in client.get(CONSENTS).text

    Endpoint.objects.link("telegram", "1", user=joko)

    assert "Obrolan lewat Telegram" in client.get(CONSENTS).text
