"""What was taken off the portal: nobody is led to follow it, and it stands in no page, list or letter of following."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Dispatch
from alerts import confirming, digests, matching
from alerts.models import Subscriber, Subscription

pytestmark = pytest.mark.django_db
BUDI = "budi@contoh.id"


@pytest.fixture
def akik(make_community):
    community = make_community("KIM Akik")
    type(community).objects.filter(pk=community.pk).update(slug="kim-akik")
    community.refresh_from_db()
    return community


def link_to(subscription):
    return reverse("alerts:confirm", args=[confirming.LINK.sign(subscription.pk)])


def shown(answer):
    """What a page says; links to itself in another language name what was asked for."""
    return answer.text.partition("<main")[2].partition("</main>")[0].lower()


def ask(email=BUDI, **choice):
    return Subscriber.objects.of_email(email).follow(choice, confirmed=False)


@pytest.mark.parametrize("deed", ["suspend", "dissolve"])
def test_a_kim_that_stands_no_more_is_not_followed(client, akik, made, deed):
    asked, page = ask(community=akik), akik.get_absolute_url()
    path = f"{reverse('alerts:follow')}?kim={akik.slug}"
    assert path in client.get(page).text
    getattr(akik, deed)(by=made, note="Vakum")

    answers = [
        client.get(path),
        client.post(reverse("alerts:follow"), {"kim": akik.slug, "email": BUDI, "frequency": "daily"}),
        client.get(link_to(asked)),
        client.post(link_to(asked)),
    ]

    assert path not in client.get(page).text
    assert [answer.status_code for answer in answers] == [404, 200, 404, 404]
    assert ["akik" in shown(answer) for answer in answers] == [False] * 4
    assert ["KIM ini tidak kami temukan" in answer.text for answer in answers] == [True, True, False, False]
    assert not Subscription.objects.confirmed().exists()
    assert not Dispatch.objects.filter(address=BUDI).exists()


def test_who_follows_a_kim_reads_that_it_was_suspended(client, joko, akik, made):
    Subscriber.objects.of_user(joko).follow({"community": akik}, confirmed=True)
    akik.suspend(by=made, note="Vakum")
    client.force_login(joko)

    assert "KIM Akik · dibekukan" in client.get(reverse("alerts:own")).text


def test_a_kim_that_was_merged_leads_to_what_it_became(client, joko, akik, mekar, made):
    asked, path = ask(community=akik), f"{reverse('alerts:follow')}?kim={akik.slug}"
    akik.merge_into(mekar, by=made)

    page = shown(client.get(path))
    assert "ikuti kim mekar" in page
    assert f'name="kim" value="{mekar.slug}"' in page
    assert "akik" not in page
    page = client.get(link_to(asked)).text
    assert "Ikuti KIM Mekar?" in page
    assert "Akik" not in page
    client.force_login(joko)
    client.post(reverse("alerts:follow"), {"kim": akik.slug})
    assert joko.subscriber.subscriptions.get().community == mekar


def test_who_followed_a_kim_follows_what_it_became_once_however_often_it_was_merged(
    client, akik, mekar, made, make_community, make_post
):
    between = make_community("KIM Giok")
    for email, *followed in [(BUDI, akik), ("ani@contoh.id", akik, between, mekar), ("lain@contoh.id", between)]:
        for community in followed:
            Subscriber.objects.of_email(email).follow({"community": community}, confirmed=True)
    waiting = ask("belum@contoh.id", community=akik)
    akik.merge_into(between, by=made)
    between.merge_into(mekar, by=made)

    for _time in (1, 2):
        Subscription.objects.follow_successors()

    confirmed = Subscription.objects.confirmed()
    assert set(confirmed.values_list("community__name", flat=True)) == {"KIM Mekar"}
    assert confirmed.count() == 3
    client.post(link_to(waiting))
    make_post("Panen raya", published_at=timezone.now())
    matching.match_new()
    digests.write_due()
    told = Dispatch.objects.filter(title="Panen raya").values_list("address", flat=True)
    assert sorted(told) == ["ani@contoh.id", "belum@contoh.id", BUDI, "lain@contoh.id"]


def test_who_asked_for_what_a_kim_became_and_had_confirmed_the_former_has_confirmed(akik, mekar, made):
    Subscriber.objects.of_email(BUDI).follow({"community": akik}, confirmed=True)
    ask(community=mekar)
    akik.merge_into(mekar, by=made)

    Subscription.objects.follow_successors()

    assert Subscription.objects.confirmed().get().community == mekar


@pytest.mark.parametrize("deed", ["hide", "withdraw"])
def test_an_aspiration_that_nobody_reads_any_more_is_not_followed_or_named(client, joko, make_aspiration, made, deed):
    row = make_aspiration()
    asked = ask(aspiration=row)
    Subscriber.objects.of_user(joko).follow({"aspiration": row}, confirmed=True)
    getattr(row, deed)(by=made, note="Memuat nama orang.")
    Dispatch.objects.all().delete()

    answers = [
        client.get(f"{reverse('alerts:follow')}?usulan={row.code}"),
        client.post(reverse("alerts:follow"), {"usulan": row.code, "email": BUDI, "frequency": "daily"}),
        client.get(link_to(asked)),
        client.post(link_to(asked)),
        client.get(joko.subscriber.manage_path),
    ]

    assert [answer.status_code for answer in answers] == [404, 200, 404, 404, 200]
    assert [word.lower() in shown(answer) for answer in answers for word in (row.code, row.title)] == [False] * 10
    assert "Usulan yang tidak ditampilkan lagi" in answers[-1].text
    assert not Dispatch.objects.filter(address=BUDI).exists()
