"""A question put together once answers as if it were put together each time."""

from datetime import UTC, datetime, timedelta

import pghistory
import pytest
from django.utils import timezone

from activities.models import Photo, Post
from communities.filters import CommunityFilter
from communities.models import Community, Sector
from pages.questions import AskedTogether, Asking, AskingSQL, asked
from regions.models import LoadedEdition, Region

pytestmark = pytest.mark.django_db


def within(region, since, *, level):
    posts = Post.objects.published().within(Region(pk=region, level=level)).filter(published_at__gt=since)
    return posts.newest_first().card_rows()[:2]


def named(name):
    return Community.objects.filter(name__gte=name).order_by("name")


def called_one_of(names):
    return Community.objects.filter(name__in=names)


def of_these(posts):
    return Post.objects.for_cards().filter(pk__in=posts)


def test_each_answer_is_that_of_its_own_values(places, make_post, make_community):
    first, second = make_post(), make_post()
    away = make_post(community=make_community("KIM Jauh", seat="64.71.01.1001"))
    before, afterwards = timezone.now() - timedelta(days=400), datetime(2100, 1, 1, tzinfo=UTC)

    def told(code, since):
        region = places[code]
        return [row.pk for row in asked(within, region.pk, since, level=region.level)]

    assert told("64.02", before) == [first.pk, second.pk]
    assert told("64.71", before) == [away.pk]
    assert told("64.71", afterwards) == []
    assert told("0", before) == [first.pk, second.pk]


def test_it_reads_whole_rows_and_words(mekar, make_post, django_assert_num_queries):
    posts = [make_post(), make_post(), make_post()]
    asked(of_these, [posts[0].pk, posts[1].pk])

    with django_assert_num_queries(1):
        found = asked(of_these, [posts[2].pk, posts[0].pk])

    assert {(post.pk, post.community.name) for post in found} == {
        (posts[0].pk, "KIM Mekar"),
        (posts[2].pk, "KIM Mekar"),
    }
    assert [asked(called_one_of, words) for words in (["KIM Mekar", "a"], ["a", "b"])] == [[mekar], []]
    assert [asked(named, word) for word in ("KIM Mekar", "KIM Z", "100% %s")] == [[mekar], [], [mekar]]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (lambda pk: Post.objects.filter(pk=pk).running(), 1),  # of this moment
        (lambda number: Post.objects.all()[:number], 3),  # in the SQL itself
        (lambda word: Post.objects.filter(title__contains=word), "banjir"),  # within another word
    ],
)
def test_what_its_values_alone_do_not_make_is_refused(question, value):
    with pytest.raises(TypeError):
        asked(question, value)


@pytest.mark.parametrize("level", ["", "4"])
@pytest.mark.parametrize("sector", ["", "kesehatan"])
@pytest.mark.parametrize("region", ["", "0", "64", "64.71"])
def test_the_directory_is_narrowed_as_its_filter_narrows(make_community, places, client, region, sector, level):
    make_community("KIM Mekar").sectors.set(Sector.objects.filter(slug="kesehatan"))
    make_community("KIM Jauh", seat="64.71.01.1001").sectors.set(Sector.objects.filter(slug="kesehatan"))
    make_community("KIM Kota", seat="64.71")
    chosen = {"wilayah": region, "bidang": sector, "tingkat": level}

    page = client.get("/kim/", chosen).context["page"]

    narrowed = CommunityFilter(chosen, queryset=Community.objects.registered())
    assert narrowed.question is not None
    assert [kim.pk for kim in page] == [kim.pk for kim in narrowed.qs.order_by("name")]


def test_a_union_is_asked_while_somebody_sends_something(make_post):
    first, second = make_post(), make_post("Panen")

    def both(one, other):
        return Post.objects.filter(pk=one).values_list("pk").union(Post.objects.filter(pk=other).values_list("pk"))

    with pghistory.context(url="/kegiatan/"):
        assert {*asked(both, first.pk, second.pk)} == {(first.pk,), (second.pk,)}


def cards_of_these(posts):
    return Post.objects.filter(pk__in=posts).order_by("-pk").card_rows()


def all_of(pk):
    return Post.objects.filter(pk=pk).select_related("community", "place").defer("search", "community__search")


def test_several_are_asked_at_once_and_answer_as_alone(mekar, make_post, django_assert_num_queries):
    first = make_post(type="agenda", starts_at="2026-12-01T09:00:00+08:00", duties=["diskusi", "advokasi"])
    second = make_post(place=mekar.seat)
    second.lead_photo = Photo.objects.create(post=second, alt="Panen", width=640, height=400)
    second.save()
    askings = {
        "cards": Asking(cards_of_these, [first.pk, second.pk]),
        "nobody": Asking(cards_of_these, [0]),
        "whole": Asking(all_of, first.pk),
        "within": Asking(within, mekar.seat.pk, datetime(2020, 1, 1, tzinfo=UTC), level=4),
    }
    together = AskedTogether(**askings)

    with django_assert_num_queries(1):
        told = {name: together[name] for name in askings}

    alone = {name: asking.rows() for name, asking in askings.items()}
    assert told == alone
    assert [repr(row) for row in told["cards"]] == [repr(row) for row in alone["cards"]]
    assert vars(told["whole"][0]).keys() == vars(alone["whole"][0]).keys()
    for name, value in vars(alone["whole"][0]).items():
        if name != "_state":
            assert getattr(told["whole"][0], name) == value
    with django_assert_num_queries(0):
        assert told["whole"][0].place.name == first.place.name


def test_sql_of_our_own_is_asked_with_them(mekar, make_post, django_assert_num_queries):
    post = make_post()
    sql = "SELECT id, title FROM activities_post WHERE id = %(key)s AND %(key)s > %(none)s"
    together = AskedTogether(
        titles=AskingSQL("default", sql, {"key": post.pk, "none": 0}), cards=Asking(cards_of_these, [post.pk])
    )

    with django_assert_num_queries(1):
        assert together["titles"] == [(post.pk, post.title)]
        assert together["cards"]

    assert AskingSQL("default", sql, {"key": post.pk, "none": 0}).rows() == [(post.pk, post.title)]


def test_one_more_is_asked_with_the_others_or_after_them(mekar, make_post, django_assert_num_queries):
    post = make_post()
    together = AskedTogether(cards=Asking(cards_of_these, [post.pk]))

    with django_assert_num_queries(1):
        [found] = together.rows_of(Asking(all_of, post.pk))
        [card] = together["cards"]
    with django_assert_num_queries(1):
        assert together.rows_of(Asking(all_of, post.pk)) == [found]

    assert (found, card.pk) == (post, post.pk)


@pytest.mark.parametrize(
    "question",
    [
        lambda name: LoadedEdition.objects.filter(name=name),  # with JSON
        lambda name: Post.objects.filter(title=name),  # with words to search
    ],
)
def test_what_comes_in_another_form_is_not_asked_for_together(question):
    with pytest.raises(TypeError):
        AskedTogether(found=Asking(question, "Panen"))["found"]
