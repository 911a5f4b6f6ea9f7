"""Beside every page of the desk stands what waits for this officer; the tables are behind two doors."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.utils import timezone

from accounts.models import EditionUpload, RetentionTerm
from activities.models import Appeal, FlaggedItem, Post
from regions.placed import LEVELS

WORDS = ["verification", "post-menunggu", "post-sesudah", "post-perubahan", "post-laporan", "post-keberatan"]
WORDS += ["aspirations", "questions", "claims", "troubled"]


@pytest.fixture
def desk(client, made, with_second_factor):
    client.force_login(with_second_factor(made))
    return client


def numbers(client, address="/petugas/"):
    return {queue.word: queue.number for queue in client.get(address).context["queues"]}


@pytest.fixture
def work(mekar, make_community, make_post, make_aspiration, siti, places):
    """One in each queue of the posts and of the proposals, and two KIM to verify, the longer for twelve days."""
    for days in (12, 3):
        moment = timezone.now() - timedelta(days=days, hours=1)
        make_community(f"KIM {days}", status="submitted", submitted_at=moment)
    make_post("Menunggu", status="in_review")
    seen = {"reviewed_at": timezone.now()}
    make_post("Terbit")
    changed, reported = make_post("Diubah", **seen), make_post("Dilaporkan", **seen)
    changed.revisions.propose(changed, changed.facts | {"title": "Diganti"}, by=siti)
    FlaggedItem.objects.flag(reported, reason="spam")
    make_aspiration()


@pytest.mark.django_db
class TestQueues:
    def test_each_has_its_number_and_its_age_in_the_order_of_the_morning(self, desk, work):
        queues = desk.get("/petugas/").context["queues"]

        assert [queue.word for queue in queues] == WORDS
        assert [queue.number for queue in queues][:5] == [2, 1, 1, 1, 1]
        assert queues[0].days == 12
        page = desk.get("/petugas/").text
        assert "terlama 12 hari" in page

    def test_each_leads_to_what_it_counts(self, desk, work):
        for queue in desk.get("/petugas/").context["queues"]:
            assert desk.get(queue.url).status_code == 200, queue.word

    def test_the_officer_next_door_has_none_of_it(self, client, work, ratna, with_second_factor):
        client.force_login(with_second_factor(ratna))

        assert set(numbers(client).values()) == {0}

    def test_they_stand_beside_other_pages_too(self, desk, work):
        assert numbers(desk, "/petugas/activities/post/") == numbers(desk)

    def test_a_hundred_and_more_say_so(self, desk, make_post):
        post = make_post("Satu", status="in_review")
        names = ["community", "author", "sector", "place", "status", *LEVELS]
        facts = {name: getattr(post, name) for name in names}
        Post.objects.bulk_create([Post(title=f"Ke-{number}", **facts) for number in range(120)])

        assert "<b>100+</b>" in desk.get("/petugas/").text

    def test_they_cost_one_query(self, desk, work, made, rf, django_assert_num_queries):
        request = rf.get("/petugas/")
        request.user = made
        assert made.current_assignments
        asked = admin.site.each_context(request)["queues"]

        with django_assert_num_queries(1):
            assert len(asked) == len(WORDS)

    def test_a_kim_whose_data_nobody_confirmed_is_among_the_troubled(self, desk, mekar):
        type(mekar).objects.filter(pk=mekar.pk).update(confirmed_at=timezone.now() - timedelta(days=800))

        assert numbers(desk)["troubled"] == 1
        shown = desk.get("/petugas/communities/community/?perlu=bermasalah").context["cl"].queryset
        assert list(shown) == [mekar]


@pytest.mark.django_db
class TestTables:
    def test_every_table_is_behind_exactly_one_of_the_two_doors(self, desk):
        shown = [
            table["model"]
            for door in ("data", "catatan")
            for _app, tables in desk.get(f"/petugas/{door}/").context["shelves"]
            for table in tables
        ]

        assert len(shown) == len(set(shown))
        assert set(shown) == set(admin.site._registry) - {EditionUpload, RetentionTerm}, "the ministry's alone"

    def test_no_other_page_repeats_them(self, desk, mekar):
        for address in ("/petugas/", "/petugas/activities/post/", mekar.desk_path):
            page = desk.get(address).text
            assert "/petugas/regions/region/" not in page, address
            assert "/petugas/communities/partnerkind/" not in page, address


def test_an_appeal_is_another_officers(desk, make_post, made, siti):
    post = make_post()
    post.hide(by=made, reason="other")
    Appeal.objects.contest(post.reviews.get(), text="Bukan iklan.", by=siti)

    assert numbers(desk)["post-keberatan"] == 0
    queue = desk.get("/petugas/activities/post/antrean/?daftar=keberatan").text
    assert "bukan keputusan Anda sendiri" in queue
    assert 'href="/petugas/activities/post/?menunggu=keberatan"' in queue


def test_what_waits_is_of_this_moment_though_the_question_is_remembered(desk, make_post):
    def waiting():
        return {queue.word: queue.number for queue in desk.get("/petugas/communities/sector/").context["queues"]}

    before = waiting()
    make_post(status="in_review")
    after = waiting()

    assert before != after
    assert sum(after.values()) == sum(before.values()) + 1


@pytest.mark.parametrize(
    ("address", "way"), [("/petugas/tidak-ada/", "/petugas/"), ("/ruang/kim/tidak-ada/", "/ruang/")]
)
def test_what_is_not_there_leads_back_to_where_one_was(desk, address, way):
    page = desk.get(address)

    assert page.status_code == 404
    assert f'class="button button--quiet" href="{way}"' in page.text
