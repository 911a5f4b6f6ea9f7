"""Following an aspiration, or what residents of a region propose: each public step told once, nothing else ever."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Dispatch
from alerts import digests, matching
from alerts.models import Subscriber, Subscription
from aspirations.models import Aspiration, AspirationStep

pytestmark = pytest.mark.django_db
BUDI = "budi@contoh.id"


@pytest.fixture
def follow(places):
    def begin(email=BUDI, **choice):
        subscriber = Subscriber.objects.of_email(email)
        subscriber.follow(choice, confirmed=True)
        return subscriber

    return begin


def told():
    """`[(address, title)]` of what is written."""
    matching.match_new()
    digests.write_due()
    rows = list(Dispatch.objects.filter(urgency=Dispatch.Urgency.BULK).order_by("pk").values_list("address", "title"))
    Dispatch.objects.all().delete()
    return rows


def test_each_public_step_is_told_once(follow, make_aspiration, made):
    row = make_aspiration()
    row.ask(by=made, text="Di depan rumah siapa?", is_public=True)
    follow(aspiration=row)
    assert told() == [], "what came before is no news"

    row.accept(by=made)
    assert told() == [(BUDI, "Diterima kantor: Jalan di RT 03 berlubang")]
    row.ask(by=made, text="Catatan untuk kami saja.", is_public=False)
    row.reply(text="Rumah saya nomor 7.")
    assert told() == []
    row.start(by=made)
    row.give_answer(by=made, text="Sudah ditambal.", outcome="done")
    assert told() == [(BUDI, "2 kabar baru dari yang Anda ikuti")]
    assert told() == []


def test_a_message_says_where_and_nothing_of_the_sender(follow, make_aspiration, made):
    row = make_aspiration()
    follow(aspiration=row)
    row.accept(by=made)
    matching.match_new()
    digests.write_due()

    letter = Dispatch.objects.get(address=BUDI)
    assert row.code in letter.text
    assert "Desa Jembayan" in letter.text
    assert row.get_absolute_url() in letter.text
    assert not any(secret in letter.text for secret in ("Rini", "rini@contoh.id", "081234567890", row.secret))


@pytest.mark.parametrize(
    ("code", "is_told"),
    [("0", True), ("64", True), ("64.02", True), ("64.02.02", True), ("64.02.02.2003", True), ("64.71", False)],
)
def test_a_new_one_is_told_to_who_follows_its_region_and_its_later_steps_are_not(
    follow, make_aspiration, made, places, code, is_told
):
    follow(aspirations_of=places[code])
    row = make_aspiration()
    assert bool(told()) == is_told

    row.accept(by=made)
    assert told() == []


def test_a_sector_narrows_it(follow, make_aspiration, places, sector):
    follow(aspirations_of=places["64"], sector=sector)
    make_aspiration()
    make_aspiration("Puskesmas jauh", sector=sector)

    assert told() == [(BUDI, "Dikirim: Puskesmas jauh")]


def test_posts_and_aspirations_are_followed_apart_and_told_in_one_message(follow, make_aspiration, make_post, places):
    follow("kegiatan@contoh.id", region=places["64"])
    follow("usulan@contoh.id", aspirations_of=places["64"])
    follow(region=places["64"])
    follow(aspirations_of=places["64"])
    make_aspiration()
    make_post("Panen raya", published_at=timezone.now())

    assert sorted(told()) == [
        (BUDI, "2 kabar baru dari yang Anda ikuti"),
        ("kegiatan@contoh.id", "Panen raya"),
        ("usulan@contoh.id", "Dikirim: Jalan di RT 03 berlubang"),
    ]


def test_what_is_held_or_hidden_is_told_to_nobody_and_later_once_when_it_is_seen(follow, make_aspiration, made, places):
    follow(aspirations_of=places["64"])
    row = make_aspiration(marks=["link"])
    assert row.status == Aspiration.Status.HELD
    assert told() == []
    row.release(by=made)
    matching.match_new()
    row.hide(by=made, note="Memuat nama orang.")

    assert told() == []
    row.show_again(by=made)
    assert told() == [], "it was looked at already"


def test_who_follows_what_was_merged_follows_what_it_was_merged_into(follow, make_aspiration, made):
    row, other = make_aspiration(), make_aspiration("Jalan RT 03 rusak")
    follow(aspiration=row)
    row.merge_into(other, by=made)
    told()
    other.accept(by=made)

    assert told() == [(BUDI, "Diterima kantor: Jalan RT 03 rusak")]


def test_the_button_of_its_page_leads_to_following_it(client, joko, make_aspiration):
    row = make_aspiration()
    client.force_login(joko)
    page = client.get(row.get_absolute_url()).text
    path = f"{reverse('alerts:follow')}?usulan={row.code}"
    assert path in page
    assert row.title in client.get(path).text

    client.post(reverse("alerts:follow"), {"usulan": row.code})

    followed = Subscription.objects.get()
    assert (followed.aspiration, followed.path) == (row, row.get_absolute_url())
    assert str(row) in client.get(reverse("alerts:own")).text.replace("&#x27;", "'")


def test_what_residents_of_a_region_propose_is_a_choice_of_the_form(client, joko, places, sector):
    client.force_login(joko)
    client.post(reverse("alerts:follow"), {"wilayah": "64.02", "isi": "usulan", "bidang": sector.slug})

    followed = Subscription.objects.get()
    assert (followed.aspirations_of, followed.region, followed.sector) == (places["64.02"], None, sector)
    assert followed.label.startswith("Usulan warga di Kabupaten Kutai Kartanegara")
    assert followed.path == f"/usulan/?wilayah=64.02&bidang={sector.slug}"
    assert client.get(followed.path).status_code == 200
    assert client.get(followed.feed_path).status_code == 200


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"isi": "usulan", "q": "jalan"}, "Ini hanya untuk kegiatan KIM."),
        ({"isi": "usulan", "jenis": "agenda"}, "Ini hanya untuk kegiatan KIM."),
        ({"isi": "lain"}, "Pilih dari daftar."),
        ({"usulan": "ASP-2026-999999"}, "Usulan ini tidak kami temukan."),
        ({"usulan": "\0"}, "Ada tanda yang tidak dapat disimpan"),
    ],
)
def test_what_cannot_be_followed_is_refused_beside_its_field(client, joko, places, choice, sentence):
    client.force_login(joko)

    page = client.post(reverse("alerts:follow"), choice).text
    assert sentence in page
    assert "tersembunyi" not in page
    assert not Subscription.objects.exists()


def test_the_words_of_one_that_was_hidden_stand_nowhere(client, joko, make_aspiration, made):
    row = make_aspiration()
    Subscriber.objects.of_user(joko).follow({"aspiration": row}, confirmed=True)
    row.hide(by=made, note="Memuat nama orang.")
    client.force_login(joko)

    page = client.get(reverse("alerts:own")).text
    assert "Usulan yang tidak ditampilkan lagi" in page
    assert row.code not in page
    assert row.title not in page
    assert "tidak kami temukan" in client.post(reverse("alerts:follow"), {"usulan": row.code}).text


def test_a_telephone_takes_along_all_it_followed(joko, make_aspiration, places):
    former = Subscriber.objects.of_email("lain@contoh.id")
    for choice in ({"aspiration": make_aspiration()}, {"aspirations_of": places["64"]}, {"region": places["64"]}):
        former.follow(choice, confirmed=True)
    subscriber = Subscriber.objects.of_user(joko)

    subscriber.take_over(former)

    assert subscriber.subscriptions.confirmed().count() == 3


def test_looking_at_steps_costs_the_same_with_many(follow, make_aspiration, made, places, django_assert_num_queries):
    follow(aspirations_of=places["64"])
    counts = []
    for number in (1, 4):
        for row in range(number):
            make_aspiration(f"Usulan {number} {row}")
        assert AspirationStep.objects.public().exists()
        with django_assert_num_queries(7) as spent:
            matching.match_some_steps()
        counts.append(len(spent))

    assert len(set(counts)) == 1
