"""Following without an account and with one: who is written to, who is told, and how one stops."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Dispatch
from alerts import digests, matching
from alerts.confirming import LINK
from alerts.models import MOST_ASKED, MOST_FOLLOWED, Subscriber, Subscription

pytestmark = pytest.mark.django_db
BUDI = "budi@contoh.id"


def letters():
    mail.outbox.clear()
    outbox.send_waiting()
    return list(mail.outbox)


def path_in(text, part):
    return re.search(rf"https?://[^/\s]+(/ikuti/{part}/\S+)", text)[1]


def ask(client, email=BUDI, **choice):
    facts = {"email": email, "frequency": "at_once", **(choice or {"wilayah": "64.02"})}
    return client.post(reverse("alerts:follow"), facts)


def begin(client, email=BUDI, **choice):
    """Ask, and open the link of the letter; the path by which all is managed."""
    ask(client, email, **choice)
    (letter,) = letters()
    return client.post(path_in(letter.body, "ya")).url


def news():
    matching.match_new()
    digests.write_due()
    return letters()


def test_who_asked_and_confirmed_is_told_once_and_stops_with_one_click(client, places, make_post):
    begin(client)
    make_post("Sebelum", published_at="2020-01-01T00:00Z")
    post = make_post("Panen raya", published_at=timezone.now())

    (letter,) = news()

    assert (letter.to, letter.subject) == ([BUDI], "Portal KIM: Panen raya")
    assert post.get_absolute_url() in letter.body
    assert "Desa Jembayan" in letter.body
    assert news() == []
    stop = path_in(letter.extra_headers["List-Unsubscribe"].strip("<>"), "berhenti")
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(stop).status_code == 200
    assert Subscription.objects.exists()
    for _time in (1, 2):
        assert stranger.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists(), "nothing of the person is left"
    make_post("Sesudah", published_at=timezone.now())
    assert news() == []


def test_nobody_is_told_who_did_not_confirm(client, places, make_post):
    ask(client)
    make_post(published_at=timezone.now())
    (letter,) = letters()

    assert news() == []
    path = path_in(letter.body, "ya")
    assert client.get(path).status_code == 200
    assert not Subscription.objects.confirmed().exists(), "a program that opens every link confirms nothing"


def test_known_and_unknown_addresses_get_the_same_answer(client, siti, places):
    begin(client, "lama@contoh.id")
    answers = [ask(client, email, wilayah="64") for email in ("lama@contoh.id", siti.email, "baru@contoh.id")]

    assert {answer.url for answer in answers} == {reverse("alerts:asked")}
    assert [client.get(answer.url).text.count("contoh.id") for answer in answers] == [0, 0, 0]
    assert [letter.to for letter in letters()] == [["lama@contoh.id"], [siti.email], ["baru@contoh.id"]]


def test_asking_twice_writes_one_letter_and_keeps_one_row(client, places):
    for _click in range(3):
        ask(client)

    assert len(letters()) == 1
    assert Subscription.objects.count() == 1


def test_nobody_fills_the_mailbox_of_a_stranger(client, places, settings):
    settings.SEARCHES_PER_MINUTE = 0
    for number in range(9):
        ask(client, q=f"posyandu{number}")

    assert len(letters()) == 5


def test_how_often_one_is_told_is_what_the_owner_of_the_address_confirmed(client, siti, places):
    client.post(reverse("alerts:follow"), {"email": siti.email, "frequency": "weekly", "wilayah": "64"})
    subscriber = Subscriber.objects.get()
    assert (subscriber.frequency, subscriber.zone) == ("at_once", "Asia/Jakarta")
    (letter,) = letters()

    client.post(path_in(letter.body, "ya"))

    subscriber.refresh_from_db()
    assert (subscriber.frequency, subscriber.zone) == ("weekly", "Asia/Makassar")


@pytest.mark.parametrize(
    ("choice", "subject"),
    [
        ({"wilayah": "64.02", "q": "menang undian"}, "Kabupaten Kutai Kartanegara"),
        ({"q": "menang undian", "jenis": "agenda"}, "Indonesia · agenda"),
        ({"kim": "kim-1"}, "sebuah KIM di Desa Jembayan"),
        ({"usulan": "ASP-2026-000001"}, "usulan ASP-2026-000001"),
    ],
)
def test_an_address_that_did_not_confirm_reads_no_words_of_a_stranger(
    client, places, make_community, make_aspiration, time_machine, choice, subject
):
    time_machine.move_to("2026-08-17T05:00Z")
    make_community("KIM Menang Undian")
    make_aspiration("Menang undian")
    Dispatch.objects.all().delete()

    ask(client, **choice)

    (letter,) = letters()
    assert letter.subject == f"Portal KIM: Ketuk untuk mulai mengikuti {subject}"
    assert "undian" not in f"{letter.subject} {letter.body}".lower()


def test_nothing_is_kept_of_what_nobody_may_be_asked_about_today(client, places, settings):
    settings.SEARCHES_PER_MINUTE = 0
    begin(client)
    for number in range(9):
        ask(client, q=f"posyandu{number}")
    for number in range(9):
        ask(client, "ani@contoh.id", q=f"posyandu{number}")

    asked = Subscription.objects.filter(confirmed_at=None)
    assert asked.filter(subscriber__email=BUDI).count() == 4
    assert asked.filter(subscriber__email="ani@contoh.id").count() == 5
    assert Subscription.objects.confirmed().count() == 1


def test_a_machine_that_fills_the_trap_is_told_the_same(client, places):
    answer = client.post(
        reverse("alerts:follow"), {"email": BUDI, "frequency": "daily", "wilayah": "64.02", "situs": "http://jual.id"}
    )

    assert answer.url == reverse("alerts:asked")
    assert not Subscriber.objects.exists()
    assert letters() == []


def test_one_address_may_not_ask_without_end(client, places):
    for number in range(21):
        answer = ask(client, f"budi{number}@contoh.id")

    assert answer.status_code == 429
    assert "terlalu sering" in answer.text
    assert "budi20@contoh.id" in answer.text
    assert Subscriber.objects.count() == 20


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"email": "budi"}, "Tulis surel yang lengkap"),
        ({"email": "budi@contoh.id\nBcc: x@y.id"}, "Tulis surel yang lengkap"),
        ({"wilayah": "Atlantis"}, "tidak kami temukan"),
        ({"bidang": "sihir"}, "Pilih dari daftar"),
        ({"jenis": "iklan"}, "Pilih dari daftar"),
        ({"frequency": "hourly"}, "Pilih dari daftar"),
        ({"kim": "tidak-ada"}, "KIM ini tidak kami temukan"),
        ({"q": "x" * 101}, "paling banyak"),
        ({"q": "dan"}, "terlalu umum"),
        ({"q": "!!!"}, "Tidak ada kata di dalamnya."),
        ({"q": "-banjir"}, "hanya menyebut yang tidak dicari"),
        ({"q": "\0"}, None),
        ({"wilayah": "64.02\0"}, None),
    ],
)
def test_what_is_not_understood_is_said_beside_its_field(client, places, facts, sentence):
    answer = client.post(reverse("alerts:follow"), {"email": BUDI, "frequency": "at_once"} | facts)

    assert answer.status_code in (200, 302)
    if sentence:
        assert sentence in answer.text
        assert not Subscriber.objects.exists()


def test_a_kim_is_followed_as_a_whole_and_what_would_narrow_it_is_not_lost_unsaid(client, mekar):
    answer = client.get(reverse("alerts:follow"), {"kim": mekar.slug, "q": "posyandu"})

    assert answer.context["choice"].errors == {"q": ["KIM diikuti seluruhnya. Kosongkan ini untuk mengikutinya."]}
    assert "KIM diikuti seluruhnya." in answer.text
    assert 'value="posyandu"' in answer.text


@pytest.mark.parametrize("path", ["ya/1/", "ya/1:x:y/", "atur/tidak/", "berhenti/1/", "berhenti/1:x/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_none_says_so(client, path, method):
    answer = getattr(client, method)(f"/ikuti/{path}")

    assert answer.status_code == 404
    assert "lang=" in answer.text


def test_a_link_holds_for_a_week(client, places, time_machine):
    ask(client)
    (letter,) = letters()
    time_machine.move_to(timezone.now() + timedelta(days=8))
    Subscriber.objects.forget_unconfirmed()

    assert client.post(path_in(letter.body, "ya")).status_code == 404
    assert not Subscriber.objects.exists()


def test_with_an_account_it_begins_at_once_and_has_a_list(client, siti, places, make_post):
    client.force_login(siti)
    answer = client.post(reverse("alerts:follow"), {"wilayah": "64.02"})
    for list_of_ones_own in (answer.url, reverse("alerts:own")):
        assert "Kabupaten Kutai Kartanegara" in client.get(list_of_ones_own).text
    make_post("Panen raya", published_at=timezone.now())

    assert [letter.to for letter in news()] == [[siti.email]]


def test_what_an_address_followed_comes_along_into_its_account(client, siti, places, make_post):
    Subscriber.objects.create(email=siti.email).follow({"region": places["64.02"]}, confirmed=True)
    client.force_login(siti)
    client.post(reverse("alerts:follow"), {"wilayah": "64"})
    make_post("Panen raya", published_at=timezone.now())

    assert siti.subscriber.subscriptions.count() == 2
    assert len(news()) == 1


def test_an_account_that_is_closed_is_told_nothing(client, siti, places, make_post):
    Subscriber.objects.of_user(siti).follow({"region": places["64.02"]}, confirmed=True)
    type(siti).objects.filter(pk=siti.pk).update(is_active=False)
    make_post(published_at=timezone.now())

    assert news() == []


def test_by_the_secret_link_one_thing_or_the_rhythm_is_changed(client, places, mekar):
    manage = begin(client)
    begin(client, kim=mekar.slug)
    first, second = Subscription.objects.order_by("pk")

    client.post(manage, {"frequency": "weekly"})
    client.post(manage, {"berhenti": str(first.pk)})

    assert [followed.pk for followed in Subscription.objects.all()] == [second.pk]
    assert Subscriber.objects.get().frequency == "weekly"
    assert client.post(manage, {"berhenti": "semua"}).url == reverse("alerts:stopped")
    assert client.get(manage).status_code == 404
    assert not Subscriber.objects.exists()


def test_nobody_stops_what_another_follows(client, places, siti):
    own = Subscriber.objects.of_user(siti).follow({"region": places["64"]}, confirmed=True)
    manage = begin(client)

    client.post(manage, {"berhenti": str(own.pk)})

    assert Subscription.objects.filter(pk=own.pk).exists()


def test_nobody_follows_without_end(client, siti, places):
    subscriber = Subscriber.objects.of_user(siti)
    for number in range(MOST_FOLLOWED):
        subscriber.follow({"region": places["0"], "words": f"posyandu{number}"}, confirmed=True)
    client.force_login(siti)

    answer = client.post(reverse("alerts:follow"), {"wilayah": "64.02"})

    assert f"sudah mengikuti {MOST_FOLLOWED} hal" in answer.text
    assert subscriber.subscriptions.count() == MOST_FOLLOWED


def test_who_asks_in_anothers_name_leaves_room_for_what_that_one_follows(client, places):
    for number in range(MOST_FOLLOWED + 5):
        Subscriber.objects.of_email(BUDI).follow({"region": places["0"], "words": f"iklan{number}"}, confirmed=False)
    assert Subscription.objects.count() == MOST_ASKED

    manage = begin(client)

    assert Subscription.objects.confirmed().get().region == places["64.02"]
    assert Subscription.objects.count() == MOST_ASKED
    assert "Kabupaten Kutai Kartanegara" in client.get(manage).text


def test_one_too_many_is_refused_when_it_is_confirmed(client, places):
    asked = Subscriber.objects.of_email(BUDI).follow({"region": places["64"]}, confirmed=False)
    for number in range(MOST_FOLLOWED):
        asked.subscriber.follow({"region": places["0"], "words": f"posyandu{number}"}, confirmed=True)

    page = client.post(reverse("alerts:confirm", args=[LINK.sign(asked.pk)]), follow=True).text

    assert f"sudah mengikuti {MOST_FOLLOWED} hal" in page
    asked.refresh_from_db()
    assert asked.confirmed_at is None


@pytest.mark.parametrize(
    ("page", "choice"),
    [
        ("/wilayah/64.02-kutai-kartanegara/", "wilayah=64.02"),
        ("/kim/kim-1/", "kim=kim-1"),
        ("/kegiatan/?wilayah=64.02&bidang=kesehatan", "wilayah=64.02&amp;bidang=kesehatan"),
        ("/cari/?q=posyandu", "q=posyandu"),
        ("/usulan/wilayah/64.02/", "isi=usulan&amp;wilayah=64.02"),
        ("/usulan/?wilayah=64.02&jenis=usulan", "isi=usulan&amp;wilayah=64.02"),
    ],
)
def test_each_page_offers_to_follow_it_and_its_feed_stays_in_reach(client, make_post, make_aspiration, page, choice):
    make_post("Posyandu ramai")
    make_aspiration()

    text = client.get(page).text
    assert f'href="/ikuti/?{choice}"' in text
    assert "Ikuti" in text
    follow = client.get("/ikuti/?" + choice.replace("&amp;", "&")).text
    assert "Untuk aplikasi pembaca berita" in follow
    assert "Atom" not in text + follow
    assert "/feed/" in follow


def test_who_comes_from_the_proposals_of_the_whole_country_chooses_a_place(client, places):
    page = client.get(f"{reverse('alerts:follow')}?isi=usulan").text

    assert 'name="wilayah"' in page
    assert 'value="usulan" id="id_isi_1" checked' in page


def test_the_way_back_to_what_is_followed_is_there(client, places, mekar, sector):
    subscriber = Subscriber.objects.create(email=BUDI)
    choices = [
        {"region": places["64.02"]},
        {"region": places["0"]},
        {"region": places["64.02"], "sector": sector, "type": "berita", "words": "posyandu"},
        {"community": mekar},
    ]
    for choice in choices:
        subscriber.follow(choice, confirmed=True)
    page = client.get(subscriber.manage_path).text
    for followed in subscriber.subscriptions.all():
        assert followed.path.replace("&", "&amp;") in page
        assert client.get(followed.path).status_code == 200
        assert client.get(followed.feed_path).status_code == 200


def test_the_list_costs_the_same_with_many(client, places, django_assert_num_queries):
    subscriber = Subscriber.objects.create(email=BUDI)
    for number in range(3):
        subscriber.follow({"region": places["0"], "words": f"posyandu{number}"}, confirmed=True)
    client.get(subscriber.manage_path)  # what stands on every page is remembered

    with django_assert_num_queries(2):
        client.get(subscriber.manage_path)


def test_a_letter_to_confirm_leaves_before_all_others(client, places, siti):
    Dispatch.objects.write_to("lain@contoh.id", "Ringkasan", "…", urgency=Dispatch.Urgency.BULK)
    ask(client)

    assert [letter.to[0] for letter in letters()] == [BUDI, "lain@contoh.id"]


def test_a_link_for_one_thing_is_none_for_another(client, places):
    subscription = Subscriber.objects.create(email=BUDI).follow({"region": places["64"]}, confirmed=True)

    assert client.post(f"/ikuti/berhenti/{LINK.sign(subscription.pk)}/").status_code == 404
    assert (
        client.post(f"/ikuti/ya{digests.stop_path_of(subscription.pk).removeprefix('/ikuti/berhenti')}").status_code
        == 404
    )
