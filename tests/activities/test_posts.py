"""What a post is, where it shows, and how it is counted."""

import pytest
from django.db import IntegrityError, transaction

from activities.models import Post
from activities.models.neighbours import asking_beside, beside
from communities.models import StepRefused
from monitoring.models import CountChange, RegionCount
from regions.models import Region


def number_of_posts(code):
    [counted] = RegionCount.objects.counted(Region.objects.filter(code=code))
    return counted.posts


def test_publishing_sets_the_moment_and_counts_at_every_level(make_post, made):
    post = make_post(status="in_review")

    post.publish(by=made)

    assert post.published_at is not None
    assert [number_of_posts(code) for code in ("0", "64", "64.02", "64.02.02", "64.02.02.2003")] == [1] * 5
    assert [number_of_posts(code) for code in ("64.02.02.2011", "64.71")] == [0, 0]
    post.community.refresh_from_db()
    assert (post.community.post_count, post.community.last_post_at) == (1, post.published_at)


def test_hiding_takes_a_post_out_of_every_count(make_post, made):
    post = make_post()
    assert number_of_posts("64") == 1

    post.hide(by=made, reason="other", note="Foto tanpa izin.")

    assert number_of_posts("64") == 0
    assert post.community.post_count == 0


def test_folding_changes_rows_and_no_number(make_post):
    for _ in range(3):
        make_post()

    CountChange.objects.fold()

    assert not CountChange.objects.exists()
    assert number_of_posts("64.02") == 3


def test_a_draft_is_never_published_without_being_sent(make_post, made):
    draft = make_post(status="draft")

    with pytest.raises(StepRefused):
        draft.publish(by=made)

    assert Post.objects.get(pk=draft.pk).status == Post.Status.DRAFT


def test_the_database_refuses_what_must_never_be(make_post):
    post = make_post()

    for wrong in ({"published_at": None}, {"type": "agenda"}, {"type": "klarifikasi"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(**wrong)


def test_the_same_sending_twice_is_one_post(make_post):
    post = make_post()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(client_uuid=post.client_uuid)

    assert Post.objects.count() == 1


def test_a_post_keeps_its_place_when_the_kim_moves(make_post, mekar, places):
    post = make_post()

    mekar.place_at(places["64.71.01.1001"])
    mekar.save()

    assert list(Post.objects.within(places["64.02"])) == [post]
    assert not Post.objects.within(places["64.71"]).exists()


def test_the_neighbours_of_a_post_are_those_of_its_kim(make_post, make_community):
    oldest, middle, newest = [make_post(published_at=f"2026-01-0{day}T08:00Z") for day in (1, 2, 3)]
    make_post(published_at="2026-01-02T09:00Z", community=make_community("KIM lain"))
    middle.refresh_from_db()
    oldest.refresh_from_db()

    assert beside(middle, asking_beside(middle).rows()) == (newest, oldest, [], [], False)
    assert beside(oldest, asking_beside(oldest).rows()) == (middle, None, [], [], False)


@pytest.mark.parametrize(("facts", "mark"), [({"is_hoax": True}, "Hoaks"), ({"is_recalled": True}, "Ditarik")])
def test_below_a_post_the_next_ones_bear_their_marks(client, make_post, facts, mark):
    marked, post, last = [
        make_post(title, published_at=f"2026-01-0{day}T08:00Z", **own)
        for title, day, own in [("Lama", 1, facts), ("Tengah", 2, {}), ("Baru", 3, {})]
    ]

    def marks(page):
        return page.text.partition('class="more-of-kim"')[2].count(f'<strong class="badge badge--bad">{mark}</strong>')

    assert [marks(client.get(row.get_absolute_url())) for row in (post, last)] == [1, 0]
    Post.objects.filter(pk=last.pk).update(**facts)
    assert marks(client.get(post.get_absolute_url())) == 2
    assert marks(client.get(marked.get_absolute_url())) == 0
