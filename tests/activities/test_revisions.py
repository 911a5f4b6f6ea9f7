"""A published post is said in other words: the old ones stay up until the new ones pass."""

import pytest
from conftest import make_officer

from activities.models import Appeal, PostRevision
from communities.models import StepRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(make_post):
    return make_post(title="Posyandu ramai", body="Tiga puluh balita ditimbang.", reviewed_at="2026-01-05T08:00Z")


def reworded(post, **facts):
    return post.facts | {"title": "Posyandu Melati ramai", "body": "Empat puluh balita ditimbang."} | facts


def shown(client, post):
    return client.get(post.get_absolute_url(), follow=True).text


def test_the_old_words_stay_up_until_the_new_ones_pass(client, post, siti, made):
    revision = post.revisions.propose(post, reworded(post), by=siti)
    assert "Tiga puluh balita" in shown(client, post)

    revision.accept(by=made)

    post.refresh_from_db()
    assert "Empat puluh balita" in shown(client, post)
    assert (post.title, post.slug) == ("Posyandu Melati ramai", "posyandu-melati-ramai")
    assert [row.status for row in post.revisions.all()] == ["accepted", "accepted"]
    assert post.revisions.last().facts["title"] == "Posyandu ramai"
    assert siti.notices.get().title == "Perubahan terbit: Posyandu Melati ramai"


def test_the_writer_reads_that_a_change_was_published_not_the_post_once_more(client, post, siti, made):
    post.revisions.propose(post, reworded(post), by=siti).accept(by=made)
    post.revisions.propose(post, reworded(post, title="Posyandu Mawar"), by=siti).refuse(by=made, reason="not_true")
    client.force_login(siti)

    page = client.get(f"/ruang/kegiatan/{post.pk}/").text

    assert page.count("Perubahan diterbitkan") == 1
    assert page.count("Perubahan tidak diterbitkan: ") == 1
    assert " Diterbitkan" not in page


def test_a_second_change_takes_the_place_of_the_waiting_one(post, siti, made):
    first = post.revisions.propose(post, reworded(post), by=siti)
    second = post.revisions.propose(post, reworded(post, title="Posyandu Mawar"), by=siti)

    with pytest.raises(StepRefused):
        first.accept(by=made)
    second.accept(by=made)

    assert PostRevision.objects.get(number=2).status == "replaced"
    post.refresh_from_db()
    assert post.title == "Posyandu Mawar"


def test_refused_with_a_reason_the_old_words_stay(client, post, siti, made):
    revision = post.revisions.propose(post, reworded(post), by=siti)
    with pytest.raises(StepRefused, match="alasan"):
        revision.refuse(by=made, reason="")

    revision = PostRevision.objects.get(pk=revision.pk)
    revision.refuse(by=made, reason="not_true", note="Tolong sebutkan sumbernya.")

    assert "Tiga puluh balita" in shown(client, post)
    assert "Tolong sebutkan sumbernya." in siti.notices.get().text
    with pytest.raises(StepRefused):
        revision.accept(by=made)


def test_those_of_a_trusted_kim_pass_at_once_and_are_looked_at_afterwards(client, post, siti, mekar):
    type(mekar).objects.filter(pk=mekar.pk).update(is_trusted=True)

    revision = post.revisions.propose(post, reworded(post), by=siti)

    post.refresh_from_db()
    assert (revision.status, post.reviewed_at) == ("accepted", None)
    assert "Empat puluh balita" in shown(client, post)


def test_but_not_with_a_telephone_number_in_them(post, siti, mekar):
    type(mekar).objects.filter(pk=mekar.pk).update(is_trusted=True)

    revision = post.revisions.propose(post, reworded(post, body="Hubungi 0812 3456 7890."), by=siti)

    assert revision.status == "waiting"


def test_every_column_comes_back_as_it_was(post, siti, made, places):
    facts = reworded(
        post, type="agenda", starts_at="2026-08-17T02:00:00+00:00", venue="Balai desa", participants="40",
        happened_on="2026-08-17", duties=["diskusi"], place=str(places["64.02.02.2011"].pk),
    )  # fmt: skip

    post.revisions.propose(post, facts, by=siti).accept(by=made)

    post.refresh_from_db()
    assert post.facts == facts
    assert post.village == places["64.02.02.2011"]


def test_only_the_officer_of_that_place_lets_it_pass(post, siti, ratna):
    revision = post.revisions.propose(post, reworded(post), by=siti)

    for person in (siti, ratna):
        with pytest.raises(StepRefused):
            revision.accept(by=person)


def test_nothing_passes_while_the_post_is_hidden(post, siti, made):
    revision = post.revisions.propose(post, reworded(post), by=siti)
    post.hide(by=made, reason="other")

    with pytest.raises(StepRefused):
        PostRevision.objects.get(pk=revision.pk).accept(by=made)

    assert PostRevision.objects.get(pk=revision.pk).status == "waiting"


class TestAppeals:
    def test_another_officer_of_the_regency_overturns(self, client, post, siti, made, places):
        post.hide(by=made, reason="other", note="Keliru")
        nyoman = make_officer("Nyoman", places["64.02"])

        appeal = Appeal.objects.contest(post.reviews.get(), text="Fotonya milik kami.", by=siti)
        assert nyoman.notices.exists()
        assert not made.notices.exists()
        with pytest.raises(StepRefused):
            appeal.decide("overturned", by=made, note="Tetap.")
        appeal.decide("overturned", by=nyoman, note="Anda benar.")

        assert "Tiga puluh balita" in shown(client, post)
        assert "Anda benar." in siti.notices.first().text + siti.notices.last().text
        with pytest.raises(StepRefused):
            appeal.decide("upheld", by=nyoman, note="Lagi.")

    def test_members_without_an_account_keep_no_officer_from_deciding(self, post, siti, made, places, mekar):
        mekar.memberships.create(name="Bu Wati")
        post.hide(by=made, reason="other")
        nyoman = make_officer("Nyoman", places["64.02"])

        assert Appeal.objects.contest(post.reviews.get(), text="Milik kami.", by=siti).deciders() == [nyoman]

    def test_where_there_is_no_other_the_province_decides(self, post, siti, made, places):
        wati = make_officer("Wati", places["64"])
        post.hide(by=made, reason="other")

        appeal = Appeal.objects.contest(post.reviews.get(), text="Mohon dilihat lagi.", by=siti)
        appeal.decide("upheld", by=wati, note="Sudah tepat.")

        post.refresh_from_db()
        assert (post.status, appeal.outcome) == ("hidden", "upheld")

    def test_a_decision_is_contested_once_and_by_its_own_people(self, post, siti, made, joko):
        post.hide(by=made, reason="other")
        review = post.reviews.get()

        with pytest.raises(StepRefused):
            Appeal.objects.contest(review, text="Saya tidak suka.", by=joko)
        Appeal.objects.contest(review, text="Mohon dilihat lagi.", by=siti)
        with pytest.raises(StepRefused):
            Appeal.objects.contest(review, text="Sekali lagi.", by=siti)

    def test_a_refused_change_an_overturned_return_and_a_photo_come_back(self, make_post, post, siti, made, places):
        nyoman = make_officer("Nyoman", places["64.02"])
        revision = post.revisions.propose(post, reworded(post), by=siti)
        photo = post.photos.create(alt="Balita", width=9, height=9)
        returned = make_post(status="in_review")
        revision.refuse(by=made, reason="not_true")
        photo.hide(by=made, reason="child")
        returned.send_back(by=made, reason="incomplete")

        for review in [*post.reviews.all(), *returned.reviews.all()]:
            Appeal.objects.contest(review, text="Mohon dilihat lagi.", by=siti).decide(
                "overturned", by=nyoman, note="Benar."
            )

        for row in (post, photo, returned):
            row.refresh_from_db()
        assert (post.title, photo.is_hidden, returned.status) == ("Posyandu Melati ramai", False, "published")
        assert returned.reviewed_at is None

    def test_an_overturned_refusal_costs_no_trust(self, make_post, siti, made, mekar, places):
        type(mekar).objects.filter(pk=mekar.pk).update(is_trusted=True)
        nyoman = make_officer("Nyoman", places["64.02"])
        for number in range(3):
            hidden = make_post()
            hidden.hide(by=made, reason="other")
            if number == 0:
                Appeal.objects.contest(hidden.reviews.get(), text="Keliru.", by=siti).decide(
                    "overturned", by=nyoman, note="Benar."
                )

        mekar.refresh_from_db()
        assert mekar.is_trusted
