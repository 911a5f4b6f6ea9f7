"""What a writer takes back: a waiting post, a published one, drafts by the dozen; and the copy of a refused one."""

import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from activities import writing
from activities.models import Photo, Post
from communities.models import StepRefused

pytestmark = pytest.mark.django_db


def picture():
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    return SimpleUploadedFile("padi.jpg", file.getvalue(), content_type="image/jpeg")


def deed(name, post):
    return reverse(f"activities:{name}", args=[post.pk])


def test_a_waiting_post_is_withdrawn_and_no_officer_sees_it_any_more(as_siti, make_post, made):
    post = make_post(status="in_review", body="Ramai.")

    answers = [as_siti.post(deed("withdraw", post)) for _time in range(2)]

    post.refresh_from_db()
    assert post.status == "draft"
    assert {answer.url for answer in answers} == {reverse("activities:write_post", args=[post.client_uuid])}
    assert [step.to for step in post.steps.all()] == ["draft"]
    assert not Post.objects.readable_by(made).exists()
    with pytest.raises(StepRefused):
        post.publish(by=made)


def test_nobody_else_withdraws_it_and_a_decision_comes_first(as_siti, client, make_post, siti, joko, made):
    post = make_post(status="in_review")
    client.force_login(joko)
    assert client.post(deed("withdraw", post)).status_code == 404
    post.publish(by=made)

    client.force_login(siti)
    client.post(deed("withdraw", post))

    post.refresh_from_db()
    assert post.is_published


def test_a_published_post_is_taken_down_and_its_address_says_by_whom(as_siti, client, make_post, mekar, siti):
    post = make_post("Gotong royong rahasia")
    kept = make_post("Posyandu")
    assertContains(as_siti.get(deed("take_down", post)), "Tarik dari portal?")

    as_siti.post(deed("take_down", post), {"note": "Salah tanggal."})

    post.refresh_from_db()
    mekar.refresh_from_db()
    assert (post.status, mekar.post_count) == ("taken_down", 1)
    step = post.steps.get()
    assert (step.to, step.by, step.note) == ("taken_down", siti, "Salah tanggal.")
    client.logout()
    page = client.get(post.get_absolute_url())
    assertContains(page, "Kegiatan ini ditarik penulisnya", status_code=410)
    assertNotContains(page, "Gotong royong rahasia", status_code=410)
    assertNotContains(page, "Salah tanggal", status_code=410)
    assertContains(client.get(reverse("activities:list")), kept.title)
    assertNotContains(client.get(reverse("activities:list")), "rahasia")


def test_the_chair_takes_down_what_a_member_published_who_is_told(as_siti, make_post, mekar, joko):
    mekar.memberships.create(user=joko, name="Joko")
    post = make_post("Posyandu", author=joko)

    as_siti.post(deed("take_down", post), {"note": "Foto keliru."})

    assert joko.notices.get().title == "Ditarik dari portal: Posyandu"


def test_a_fellow_member_takes_nothing_down(client, make_post, mekar, joko):
    mekar.memberships.create(user=joko, name="Joko")
    post = make_post()
    client.force_login(joko)

    assert client.post(deed("take_down", post)).status_code == 404
    with pytest.raises(StepRefused):
        post.take_down(by=joko)


def test_readers_who_reported_it_are_answered(make_post, siti):
    post = make_post()
    flagged = post.flagged_items.create()

    post.take_down(by=siti)

    flagged.refresh_from_db()
    assert flagged.outcome == "gone"


def test_a_refused_post_is_copied_once_with_its_photos_into_a_draft(as_siti, make_post, siti, made):
    post = make_post("Panen raya", status="draft", participants=12)
    photo = writing.add_photo(post, picture())
    photo.alt = "Padi"
    photo.save()
    Post.objects.filter(pk=post.pk).update(status="in_review")
    post.refresh_from_db()
    post.reject(by=made, reason="incomplete")
    key = {"salinan": str(uuid.uuid4())}

    for _time in range(2):
        as_siti.post(deed("copy", post), key)

    draft = Post.objects.exclude(pk=post.pk).get()
    assert (draft.status, draft.title, draft.participants, draft.author) == ("draft", "Panen raya", 12, siti)
    twin = draft.photos.get()
    assert (twin.alt, draft.lead_photo) == ("Padi", twin)
    assert all(default_storage.exists(twin.path(name)) for name in twin.NAMES)
    assert twin.path("og.jpg") != photo.path("og.jpg")
    writing.discard(draft, by=siti)
    assert default_storage.exists(photo.path("og.jpg"))


def test_a_copy_that_was_broken_off_has_its_photos_when_it_is_asked_for_again(make_post, siti, monkeypatch):
    post = make_post("Panen raya", status="draft")
    photo = writing.add_photo(post, picture())
    Post.objects.filter(pk=post.pk).update(status="rejected")
    post.refresh_from_db()
    key, twins = uuid.uuid4(), []

    def stopped(twin):
        twins.append(twin)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Photo, "save", stopped)
        with pytest.raises(KeyboardInterrupt):
            writing.copied(post, siti, key)
    name = twins[0].path("640.webp")
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"half"))

    draft = writing.copied(post, siti, key)

    twin = draft.photos.get()
    for name in Photo.NAMES:
        with default_storage.open(photo.path(name)) as was, default_storage.open(twin.path(name)) as copy:
            assert was.read() == copy.read()
    writing.copy_photo(photo, draft)  # by who was as fast
    assert draft.photos.get() == twin


def test_a_trusted_kims_copy_of_a_refused_post_is_read_by_an_officer(mekar, make_post, siti):
    type(mekar).objects.filter(pk=mekar.pk).update(is_trusted=True)
    facts = {"body": "Ramai.", "happened_on": "2026-01-05", "duties": ["diseminasi"]}
    refused = make_post("Panen raya", status="rejected", **facts)

    copy = writing.copied(refused, siti, uuid.uuid4())
    copy.send_in(by=siti)

    copy.refresh_from_db()
    assert copy.status == "in_review"
    assert "Ini salinan" in str(copy.held_because[0])


@pytest.mark.parametrize("status", ["published", "hidden", "in_review", "draft"])
def test_nothing_else_is_copied(as_siti, make_post, status):
    post = make_post(status=status)

    as_siti.post(deed("copy", post), {"salinan": "a"})

    assert Post.objects.count() == 1


def test_many_drafts_are_thrown_away_at_once_after_one_question(as_siti, make_post, joko):
    drafts = [make_post(f"Draf {number}", status="draft") for number in range(3)]
    theirs, published = make_post("Punya Joko", status="draft", author=joko), make_post("Terbit")
    chosen = {"post": [drafts[0].pk, drafts[1].pk, theirs.pk, published.pk, "x"]}
    assertContains(as_siti.get(reverse("activities:own_posts")), f'name="post" value="{drafts[0].pk}"')

    asked = as_siti.post(reverse("activities:discard_many"), chosen)
    assertContains(asked, "Buang 2 draf?")
    assert Post.objects.count() == 5
    as_siti.post(reverse("activities:discard_many"), chosen | {"sure": "1"})

    assert {*Post.objects.all()} == {drafts[2], theirs, published}


def test_what_was_sent_once_is_put_away_and_stays_its_authors_alone(as_siti, make_post, siti, joko, mekar, made):
    mekar.memberships.create(user=joko, name="Joko")
    post = make_post(status="in_review", author=joko, type="agenda", starts_at="2026-08-17T02:00Z")
    post.withdraw(by=joko)
    Post.objects.filter(pk=post.pk).update(starts_at=None, over_at=None, days=None)

    assert writing.discard(Post.objects.get(), by=joko)

    assert Post.objects.get().status == "archived"
    assert Post.objects.readable_by(joko).exists()
    for other in (siti, made):
        assert not Post.objects.readable_by(other).exists()
