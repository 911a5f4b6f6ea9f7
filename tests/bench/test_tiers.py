"""The data to measure with: the same for the same seed, and counted as the triggers would have counted."""

import uuid

import pytest
from django.core.management import CommandError, call_command

from activities.models import Post
from bench import tiers
from communities.models import Community
from monitoring.models import RegionCount
from pages.words.terms import terms_of
from regions.models import Region

pytestmark = pytest.mark.owner


@pytest.fixture
def filled(places):
    tiers.fill(5, 60, seed=1, writers=1)


def rows_of(seed):
    rows = tiers.TierRows(seed)
    return list(rows.community_rows(5)), list(rows.author_rows()), list(rows.post_rows(range(1, 61), of=60))


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(places):
    assert rows_of(seed=1) == rows_of(seed=1)
    assert rows_of(seed=1) != rows_of(seed=2)


def test_the_counts_of_a_tier_are_those_of_its_rows(filled):
    for counted in RegionCount.objects.counted(Region.objects.all()):
        assert counted.posts == Post.objects.published().within(counted.region).count()
        assert counted.communities == Community.objects.registered().within(counted.region).count()
    for community in Community.objects.all():
        assert community.post_count == community.posts.published().count()


def test_a_tier_leaves_triggers_and_indexes_as_they_were(filled):
    def number_of_posts():
        return RegionCount.objects.counted(Region.objects.filter(code="0"))[0].posts

    before = number_of_posts()

    hidden = Post.objects.published().first()
    hidden.archive(by=None)

    assert number_of_posts() == before - 1
    with tiers.connection.cursor() as cursor:
        assert {index.name for index in Post._meta.indexes} <= tiers.post_indexes(cursor).keys()


def test_posts_grow_older_with_their_keys_and_a_few_kim_write_most(filled):
    moments = list(Post.objects.exclude(published_at=None).order_by("pk").values_list("published_at", flat=True))
    numbers = list(Community.objects.order_by("pk").values_list("post_count", flat=True))

    assert moments == sorted(moments)
    assert numbers[0] == max(numbers)
    assert not Post.objects.filter(title__contains="§").exists()
    assert not Post.objects.filter(body__contains="§").exists()


def test_the_words_of_a_post_are_found_where_its_own_text_has_them(filled):
    with tiers.connection.cursor() as cursor:
        for post in Post.objects.all():
            made = terms_of(post.title, post.summary, post.body)
            cursor.execute("SELECT search = %s::tsvector FROM activities_post WHERE id = %s", [made, post.pk])
            assert cursor.fetchone() == (True,), post.title


def test_what_is_written_next_goes_on_where_the_keys_of_a_tier_end(filled):
    last = Post.objects.order_by("pk").last()
    last.pk = None
    last._state.adding, last.client_uuid = True, uuid.uuid4()
    last.save()

    assert last.pk == 61


def test_a_role_that_may_not_switch_triggers_off_is_told_so_before_anything_is_made(db):
    with tiers.connection.cursor() as cursor:
        cursor.execute("CREATE ROLE kim_plain; SET LOCAL ROLE kim_plain")

    with pytest.raises(CommandError, match="memerlukan peran superuser"):
        call_command("load_tier", "S")


def test_words_that_are_written_next_are_compressed_as_before(filled):
    with tiers.connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstorage FROM pg_attribute WHERE attrelid = 'activities_post'::regclass AND attname = 'search'"
        )
        assert cursor.fetchone() == ("x",)
