"""The demonstration: drawn and written by code, the same for the same seed, and every kind of thing occurs."""

import random
import re
from functools import partial
from pathlib import Path

import pytest
from conftest import make_officer, make_user
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.duties import Duty
from accounts.models import User
from activities.admin.queue import numbers
from activities.models import Appeal, Comment, Evidence, FlaggedItem, Post
from aspirations.admin.queue import LISTINGS
from aspirations.admin.queue import numbers as aspiration_numbers
from aspirations.models import Aspiration
from bulletins.models import Bulletin, Delivery, FollowUp, Question
from communities.models import Material, Paper
from communities.requirements import missing
from demo.activities import ACCOUNTS, OFFICERS, PASSWORD, Demonstration, draw_and_prepare, give_new_duties
from demo.aspirations import make_aspirations
from demo.bulletins import make_bulletins
from demo.communities import hand_in, make_coaching, make_rules_and_offices
from demo.evaluations import make_evaluations
from demo.moderation import CODE, make_moderation
from demo.pictures import draw_scene
from demo.texts import STORIES
from evaluations.models import Cycle, JuryScore, Objection, Selection
from script.kim import CODE_SECONDS, USAGE


@pytest.mark.parametrize("motif", sorted({story.picture for story in STORIES}))
def test_a_picture_is_drawn_for_every_motif_and_again_the_same(motif):
    assert draw_scene(motif, 7).tobytes() == draw_scene(motif, 7).tobytes()
    assert draw_scene(motif, 7).tobytes() != draw_scene(motif, 8).tobytes()


def test_a_drawn_picture_passes_as_a_photo_and_is_light():
    prepared = draw_and_prepare(("posyandu", 1))

    assert len(prepared.files["640.webp"]) <= 40_000


@pytest.mark.django_db
def test_every_list_of_the_queue_and_every_answer_to_a_reader_occurs(
    mekar, siti, made, joko, places, make_post, make_community, client
):
    other, wati, rina = make_community("KIM Melati"), make_user("Wati"), make_user("Rina")
    chair = other.memberships.create(user=wati, name="Wati")
    other.positions.create(membership=chair, role="ketua")
    mekar.memberships.create(user=rina, name="Rina")
    people = {"member": rina, "reader": joko, "officer": made, "province": make_officer("Dewi", places["64"])}
    for _each in range(5):
        make_post("Panen raya")

    make_moderation(mekar, other, partial(draft, make_post), people)

    assert {post.status for post in mekar.posts.all()} >= {"chair_review", "returned", "published", "hidden"}
    assert {word for word, _title, number in numbers(made) if number} == {"menunggu", "sesudah", "perubahan", "laporan"}
    assert {word for word, _title, number in numbers(people["province"]) if number} == {"keberatan"}
    assert other.posts.get(is_hoax=True).clarifications.get().is_published
    assert {item.outcome for item in FlaggedItem.objects.all()} == {"", "kept", "hidden"}
    assert Comment.objects.shown().exists()
    assert Comment.objects.exclude(hidden_at=None).exists()
    assert {appeal.outcome for appeal in Appeal.objects.all()} == {"", "overturned"}
    assert client.get(f"/lapor/hasil/{CODE}/").context["flag"].code == CODE


def draft(make_post, community, author, **facts):
    return make_post(status="draft", community=community, author=author, **facts)


@pytest.mark.django_db
@pytest.mark.parametrize("is_complete", [True, False])
def test_what_waits_for_the_officer_has_every_compulsory_paper_but_where_it_is_meant_to_lack_one(
    make_community, make_decree, made, siti, is_complete
):
    make_rules_and_offices()
    kim = make_community("KIM Melati", status="submitted", decree=make_decree())
    kim.memberships.create(user=siti, name="Siti")

    hand_in(kim, timezone.now(), made, is_complete=is_complete)

    lacking = {item.aspect for item in missing(kim)} & set(Paper.Kind.values)
    assert lacking == (set() if is_complete else {"decree"})
    assert made.notices.get().path == kim.desk_path


@pytest.mark.django_db
def test_something_is_at_every_stage_of_an_aspiration(mekar, joko, made, places):
    make_aspirations(mekar, places["64.71.01.1001"], reader=joko, officer=made)

    assert {row.status for row in Aspiration.objects.all()} == {*Aspiration.Status}
    assert Aspiration.objects.overdue().exists()
    assert Aspiration.objects.written_by(joko).count() == 2
    assert {word for word, _title, number in aspiration_numbers(made) if number} == {*LISTINGS}


@pytest.mark.django_db
def test_government_information_is_there_at_every_stage(mekar, siti, made, places):
    people = {"regency": made, "province": make_officer("Dayu", places["64"]), "chair": siti}
    people["ministry"] = make_officer("Dewi", places["0"])

    make_bulletins(people, mekar, draw_and_prepare(("posyandu", 1)), random.Random(1), timezone.now())

    assert {bulletin.status for bulletin in Bulletin.objects.all()} == {*Bulletin.Status}
    assert Bulletin.objects.get(title__contains="Polio").attachments.exists()
    assert Bulletin.objects.filter(is_urgent=True, status="closed").exists()
    assert Question.objects.waiting().exists()
    assert Question.objects.answered().exists()
    assert not FollowUp.objects.filter(told_at=None).exists()
    assert not Delivery.objects.filter(passed_on_at__lt=F("opened_at")).exists()
    assert Evidence.objects.exists()
    assert {post.is_recalled for post in Post.objects.exclude(bulletin=None)} == {True, False}


@pytest.mark.django_db
def test_one_evaluation_is_published_and_one_is_under_way(mekar, siti, joko, made, places, make_community):
    make_community("KIM Bahari")
    people = {"regency": made, "province": make_officer("Dayu", places["64"]), "chair": siti, "juror": joko}

    make_evaluations(people, mekar, random.Random(1), timezone.now())

    last, this = Cycle.objects.order_by("year")
    assert (last.status, this.status) == ("published", "computed")
    objection = Objection.objects.get()
    assert objection.status == "denied"
    assert last.computed_at < objection.created_at < objection.answered_at < last.published_at
    assert objection.answered_at.date() < last.objections_until < last.published_at.date()
    assert {row.status for row in Selection.objects.all()} == {"accepted", "waiting"}
    assert JuryScore.objects.exists()


@pytest.mark.django_db
def test_the_shelf_of_materials_holds_files_and_links_from_each_level(mekar, made, client):
    make_coaching([mekar], made, timezone.now())

    shelf = Material.objects.shown()
    assert {material.region.level for material in shelf} == {0, 1, 2}
    assert {bool(material.file) for material in shelf} == {True, False}
    assert shelf.exclude(event=None).exists()
    assert shelf.get(title__startswith="Bahan tayang").sectors.get().slug == "kesehatan"


@pytest.mark.django_db
def test_a_demonstration_made_before_a_duty_was_known_has_it_from_the_next_start(places):
    officer = make_officer("Kabupaten", places["64.02"])
    User.objects.filter(pk=officer.pk).update(email="kabupaten@contoh.id")
    old = [duty for duty in Duty.known if duty != "webhooks"]
    officer.assignments.update(duties=[*old[:-1]])
    other = make_officer("Petugas lain", places["64.02"])
    other.assignments.update(duties=[old[-1]])

    give_new_duties()

    assert officer.assignments.get().duties == [*old[:-1], "webhooks"]
    assert other.assignments.get().duties == [old[-1]], "what an officer took away stays so"


def test_what_is_sent_with_other_words_is_news_which_needs_no_photo(mekar, siti, make_post, monkeypatch):
    drawn = iter([make_post(type="galeri"), make_post(type="potensi"), make_post()])
    demonstration = Demonstration(1)
    monkeypatch.setattr(demonstration, "make_post", lambda community: next(drawn))

    post = demonstration.write(mekar, siti, body="Pesanan lewat Bu Wati.")

    assert (post.type, post.body, post.status) == ("berita", "Pesanan lewat Bu Wati.", "draft")


def test_the_readme_names_every_account_and_how_it_signs_in():
    readme = Path("README.md").read_text()

    named = re.findall(r"^\| `(\S+@\S+)` \| .* \| `(/\S+)` \|$", readme, re.MULTILINE)

    assert named == [(email, reverse("admin:index" if email in OFFICERS else "workspace")) for email, *_who in ACCOUNTS]
    assert f"at `{reverse('account_login')}` with the password `{PASSWORD}`" in readme
    assert f"every {CODE_SECONDS} seconds" in readme
    assert "`./kim kode`" in readme
    assert "./kim kode " in USAGE
