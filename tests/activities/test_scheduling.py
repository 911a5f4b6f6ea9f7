"""What is written for later: seen by nobody before its hour, then published once with all that publishing does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import tasks, writing
from activities.models import Post
from communities.models import Community, StepRefused

pytestmark = pytest.mark.django_db
WHERE = [
    *["/", "/kegiatan/", "/kim/mekar/", "/feed/", "/feed/wilayah/64.02/", "/feed/kim/mekar/", "/feed/?q=bersinar"],
    *["/cari/?q=bersinar", "/cari/saran/?q=bersinar", "/sitemap-berita.xml", "/api/v1/posts", "/api/v1/kim/mekar"],
    *["/wilayah-saya/berita/64.02/", "/sematkan/kim/mekar/", "/feed/agenda.ics"],
]


@pytest.fixture(autouse=True)
def everywhere(settings):
    settings.SEARCHES_PER_MINUTE = 0


def tomorrow():
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def later(make_post):
    """Waits for an officer, and is for tomorrow."""
    return make_post("Posyandu bersinar", status="in_review", publish_at=tomorrow())


def due(post):
    Post.objects.filter(pk=post.pk).update(publish_at=timezone.now() - timedelta(minutes=1))


def showing(client, mekar, word="bersinar"):
    paths = [path.replace("mekar", mekar.slug) for path in WHERE]
    return [path for path in paths if f"posyandu {word}" in client.get(path).text.lower()]


def test_passed_by_an_officer_nobody_sees_it_before_its_hour(client, later, mekar, made, siti):
    later.publish(by=made)

    mekar.refresh_from_db()
    assert (later.status, later.published_at, mekar.post_count) == ("scheduled", None, 0)
    assert client.get(later.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/posts/{later.pk}").status_code == 404
    assert client.get(reverse("files:share_picture", args=[later.pk, later.share_version])).status_code == 404
    assert siti.notices.get().title == "Disetujui, terbit sesuai jadwal: Posyandu bersinar"
    tasks.publish_scheduled.call()
    assert not Post.objects.published().exists()


def test_at_its_hour_it_comes_out_once_with_all_that_publishing_does(client, later, mekar, made, siti):
    later.publish(by=made)
    assert client.get(later.get_absolute_url()).status_code == 404
    due(later)

    for _time in range(2):
        tasks.publish_scheduled.call()

    later.refresh_from_db()
    mekar.refresh_from_db()
    assert later.is_published
    assert timezone.now() - later.published_at < timedelta(minutes=5)
    assert (mekar.post_count, mekar.last_post_at) == (1, later.published_at)
    assert [step.to for step in later.steps.all()] == ["scheduled", "published"]
    assert siti.notices.filter(title="Terbit: Posyandu bersinar").count() == 1
    assert client.get(later.get_absolute_url()).status_code == 200
    with pytest.raises(StepRefused):
        later.come_out()


def test_no_page_feed_or_data_shows_it_before_and_they_do_after(client, later, mekar, made):
    later.publish(by=made)
    assert showing(client, mekar) == []
    due(later)

    tasks.publish_scheduled.call()

    assert len(showing(client, mekar)) >= 8


def test_a_trusted_kim_is_passed_by_nobody_and_waits_all_the_same(make_post, mekar, siti):
    Community.objects.filter(pk=mekar.pk).update(is_trusted=True)
    mekar.refresh_from_db()
    post = make_post(status="draft", community=mekar, publish_at=tomorrow())

    post.send_in(by=siti)

    assert post.status == "scheduled"


def test_passed_after_its_hour_it_is_out_at_once(make_post, made):
    post = make_post(status="in_review", publish_at=timezone.now() - timedelta(hours=1))

    post.publish(by=made)

    assert post.is_published


def test_its_author_withdraws_it_before_and_an_officer_still_refuses_it(later, make_post, made, siti):
    later.publish(by=made)
    later.withdraw(by=siti)
    other = make_post(status="scheduled", publish_at=tomorrow())
    other.reject(by=made, reason="not_true")
    for post in (later, other):
        due(post)

    tasks.publish_scheduled.call()

    assert not Post.objects.published().exists()


@pytest.mark.parametrize("why", ["suspended", "recalled"])
def test_what_may_not_be_out_any_more_is_a_draft_again_and_its_author_is_told(
    make_post, make_bulletin, mekar, siti, why
):
    bulletin = make_bulletin(status="recalled" if why == "recalled" else "sent")
    post = make_post("Polio", status="scheduled", bulletin=bulletin)
    if why == "suspended":
        Community.objects.filter(pk=mekar.pk).update(status="suspended")

    tasks.publish_scheduled.call()

    post.refresh_from_db()
    assert post.status == "draft"
    assert siti.notices.get().title == "Tidak jadi terbit: Polio"


def test_the_hour_is_told_by_the_clock_of_the_place(client, siti, make_post):
    client.force_login(siti)
    post = make_post(status="draft")  # in Kalimantan Timur, UTC+8
    day = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%d")
    words = post.facts | {"place": post.place.long_name, "version": writing.version_of(post.facts)}

    client.post(
        reverse("activities:write_post", args=[post.client_uuid]),
        words | {"publish_at": f"{day}T07:00", "deed": "send"},
    )

    post.refresh_from_db()
    assert post.status == "in_review"
    assert (post.publish_at.hour, post.publish_at.minute) == (23, 0)
    assert "07.00 WITA" in client.get(post.own_path).text


def test_a_year_and_more_ahead_is_refused_in_words(client, siti, make_post):
    client.force_login(siti)
    post = make_post(status="draft")
    words = post.facts | {
        "place": post.place.long_name,
        "version": "",
        "publish_at": "2099-01-01T07:00",
        "deed": "save",
    }

    page = client.post(reverse("activities:write_post", args=[post.client_uuid]), words)

    assert "Pilih waktu dalam setahun ke depan." in page.text
