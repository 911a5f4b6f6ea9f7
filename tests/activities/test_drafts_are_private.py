"""Who reads what is not out yet: a draft its author, what was sent for reading the chair too, then the officers."""

import pytest
from conftest import make_user
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from activities.models import Photo, Post
from communities.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(mekar):
    """A member of KIM Mekar."""
    user = make_user("Rina")
    mekar.memberships.create(user=user, name="Rina")
    mekar.let_chair_read(True)
    return user


@pytest.fixture
def draft(make_post, rina):
    return make_post("Rahasia dapur", status="draft", author=rina, body="Belum siap.", duties=["diskusi"])


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def reads(person, post):
    """Where this person finds the post before it is published."""
    client = browser(person)
    photo = post.photos.first() or Photo.objects.create(post=post, alt="Dapur", width=640, height=400)
    if not default_storage.exists(photo.path("640.webp")):
        default_storage.save(photo.path("640.webp"), ContentFile(b"RIFF"))
    pages = {
        "page": reverse("activities:own_post", args=[post.pk]),
        "history": reverse("activities:history", args=[post.pk]),
        "desk": reverse("admin:activities_post_change", args=[post.pk]),
    }
    found = {name for name, page in pages.items() if client.get(page).status_code == 200}
    lists = {
        "list": reverse("activities:own_posts"),
        "to read": reverse("activities:to_read"),
        "desk list": reverse("admin:activities_post_changelist"),
        "queue": reverse("admin:activities_post_queue"),
    }
    found |= {name for name, page in lists.items() if post.title in client.get(page).text}
    if client.get(reverse("files:own_photo", args=[photo.uuid, "640.webp"])).status_code == 200:
        found.add("photo")
    return found


OWN = {"page", "history", "list", "photo"}


def test_a_draft_is_its_authors_alone(draft, rina, siti, made, with_second_factor):
    assert reads(rina, draft) == OWN
    assert reads(siti, draft) == set()
    assert reads(with_second_factor(made), draft) == set()


def test_what_is_sent_for_reading_is_the_chairs_too_and_no_officers(draft, rina, siti, made, with_second_factor):
    draft.send_in(by=rina)

    assert draft.status == "chair_review"
    assert reads(rina, draft) == OWN
    assert reads(siti, draft) == OWN | {"to read"}
    assert reads(with_second_factor(made), draft) == set()


def test_what_the_chair_sends_back_is_its_authors_to_mend_again(draft, rina, siti, made, with_second_factor):
    draft.send_in(by=rina)
    draft.return_by_chair(by=siti, reason="incomplete", note="Siapa yang hadir?")

    assert reads(rina, draft) == OWN
    assert reads(siti, draft) == OWN
    assert reads(with_second_factor(made), draft) == set()
    write = reverse("activities:write_post", args=[draft.client_uuid])
    assert browser(rina).get(write).status_code == 200
    assert browser(siti).get(write).url == draft.own_path
    assert browser(siti).post(write, {"title": "Lain", "deed": "save"}).status_code == 404
    assert write not in browser(siti).get(reverse("activities:own_posts")).text
    assert write in browser(rina).get(reverse("activities:own_posts")).text


def test_what_the_chair_hands_on_officers_read_and_keep_reading(draft, rina, siti, made, with_second_factor):
    draft.send_in(by=rina)
    draft.approve_by_chair(by=siti)
    officer = with_second_factor(made)
    assert reads(officer, draft) == {"page", "history", "photo", "desk", "desk list", "queue"}

    draft.send_back(by=officer, reason="incomplete")
    assert reads(officer, draft) == {"page", "history", "photo", "desk", "desk list"}
    assert browser(siti).get(reverse("activities:write_post", args=[draft.client_uuid])).status_code == 200

    draft.send_in(by=rina)
    assert draft.status == "chair_review"
    assert reads(officer, draft) == set()


def test_what_the_chair_sent_back_cannot_be_brought_before_an_officer(draft, rina, siti):
    draft.send_in(by=rina)
    draft.return_by_chair(by=siti, reason="incomplete")
    Membership.objects.get(user=siti).positions.update(ends_on="2027-01-01")

    assert not draft.reviews.get().may_be_contested


def test_its_pages_lead_back_to_the_lists_that_they_are_of(draft, rina, siti):
    draft.send_in(by=rina)
    read = f"/ruang/kegiatan/{draft.pk}/baca/"

    for person, page, its_list in ((rina, draft.own_path, "/ruang/kegiatan/"), (siti, read, "/ruang/kegiatan/dibaca/")):
        assert f'<li><a href="{its_list}">' in browser(person).get(page).text
        assert '<li><a href="/ruang/">' in browser(person).get(its_list).text


def test_the_chair_of_another_kim_is_a_stranger_here_and_a_chair_there(draft, rina, joko, make_community, make_post):
    other = make_community("KIM Melati")
    chair = other.memberships.create(user=rina, name="Rina")
    other.positions.create(membership=chair, role="ketua")
    theirs = make_post("Panen", status="chair_review", author=joko, community=other)

    assert reads(rina, draft) == OWN
    assert reads(rina, theirs) == OWN | {"to read"}
    other.positions.update(ends_on="2027-01-01")
    assert reads(rina, theirs) == set()


def test_who_left_keeps_the_draft_and_may_throw_it_away_but_not_send_it(draft, rina, siti, mekar):
    mekar.memberships.filter(user=rina).update(status="left", left_on="2027-01-01")

    assert reads(rina, draft) == OWN
    assert reads(siti, draft) == set()
    write = reverse("activities:write_post", args=[draft.client_uuid])
    assert browser(rina).get(write).url == draft.own_path
    assert browser(rina).post(write, {"title": "Lain", "deed": "send"}).status_code == 404
    draft.photos.all().delete()
    assert browser(siti).post(reverse("activities:write_discard", args=[draft.client_uuid])).status_code == 404
    browser(rina).post(reverse("activities:write_discard", args=[draft.client_uuid]))
    assert not Post.objects.filter(pk=draft.pk).exists()


def test_a_new_chair_does_not_find_the_drafts_of_the_former_one(draft, rina, siti, mekar, make_post):
    imported = make_post("Dari blog lama", status="draft", original_url="https://blog.contoh.id/1")
    mekar.memberships.get(user=rina).receive_chair(by=siti)

    assert reads(rina, imported) == set()
    assert reads(siti, imported) == OWN


def test_a_list_of_own_posts_costs_the_same_with_many(make_post, siti, mekar, django_assert_max_num_queries):
    client = browser(siti)
    for number in range(8):
        make_post(f"Post {number}", status=("draft", "returned", "submitted", "published")[number % 4])

    with django_assert_max_num_queries(20):
        client.get(reverse("activities:own_posts"))


@pytest.mark.parametrize(
    ("status", "steps", "is_handed_on"),
    [
        ("draft", [], False),
        ("chair_review", ["submitted", "chair_review"], False),
        ("returned", ["submitted", "chair_review", "returned"], False),
        ("returned", ["submitted", "in_review", "returned"], True),
        ("returned", ["chair_review", "in_review", "returned", "chair_review", "returned"], False),
        ("returned", ["chair_review", "returned", "chair_review", "in_review", "returned"], True),
        ("returned", [], True),
        ("submitted", [], True),
        ("hidden", ["published", "hidden"], True),
    ],
)
def test_which_posts_have_left_their_kim(make_post, siti, status, steps, is_handed_on):
    post = make_post(status=status)
    for step in steps:
        post.steps.create(to=step, by=siti)

    assert post.is_handed_on is is_handed_on
    assert Post.objects.handed_on().exists() is is_handed_on


# The room of a KIM that is a draft


@pytest.fixture
def melati(siti, joko, make_community):
    """A draft of Siti's, in which Joko took up an invitation."""
    kim = make_community("KIM Melati", status="draft", about="Belum siap.")
    chair = kim.memberships.create(user=siti, name="Siti")
    kim.positions.create(membership=chair, role="ketua")
    kim.memberships.create(user=joko, name="Joko")
    return kim


def test_a_member_of_a_draft_knows_its_name_and_may_leave(melati, joko):
    client = browser(joko)

    workspace = client.get(reverse("workspace")).text
    assert "KIM Melati" in workspace
    assert f'"{melati.room_path}"' not in workspace
    leave = reverse("communities:leave", args=[melati.slug])
    assert leave in workspace
    assert f'"{melati.room_path}"' not in client.get(leave).text
    assert client.get(melati.room_path).status_code == 404
    client.post(leave)
    assert not melati.memberships.current().filter(user=joko).exists()


def test_a_member_enters_once_the_draft_is_handed_in(melati, joko):
    type(melati).objects.filter(pk=melati.pk).update(status="submitted")

    assert browser(joko).get(melati.room_path).status_code == 200


def test_whoever_hands_a_draft_over_is_led_out_of_its_room(melati, siti, joko):
    member = melati.memberships.get(user=joko)
    member.receive_chair(by=siti)

    page = reverse("communities:member_chair", args=[melati.slug, member.pk])
    assert browser(siti).post(page).url == reverse("workspace")
    assert browser(siti).get(melati.room_path).status_code == 404
    assert browser(joko).get(melati.room_path).status_code == 200
    assert [notice.path for notice in siti.notices.all()] == [reverse("workspace")]


def test_who_is_given_an_office_in_a_draft_is_led_where_there_is_something_to_see(melati, siti, joko):
    melati.memberships.get(user=joko).appoint("sekretaris", by=siti)

    assert joko.notices.get().path == reverse("workspace")
