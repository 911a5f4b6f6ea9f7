"""The photos of a published post are changed as its words are: what is up stays up until the change has passed."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from activities import tasks, writing
from activities.models import Photo, Post, PostRevision
from activities.models.photo_changes import row_of

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def picture(color="teal"):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), color).save(file, "JPEG")
    return SimpleUploadedFile("padi.jpg", file.getvalue(), content_type="image/jpeg")


@pytest.fixture
def post(make_post):
    """Published, with two photos."""
    post = make_post(status="draft", summary="Ada penimbangan balita.", reviewed_at="2026-01-05T08:00Z")
    for color, alt in (("teal", "Sawah"), ("navy", "Kolam")):
        photo = writing.add_photo(post, picture(color))
        Photo.objects.filter(pk=photo.pk).update(alt=alt)
    Post.objects.filter(pk=post.pk).update(status="published", published_at=timezone.now())
    return Post.objects.get(pk=post.pk)


def alts(post):
    return [photo.alt for photo in Post.objects.get(pk=post.pk).photos_shown]


def send(client, post, shown, **more):
    """The whole form, with these `{photo: its words}` in this order."""
    words = post.facts | {"place": post.place.long_name, "version": writing.version_of(post.facts), "deed": "send"}
    words |= {"photo": [str(photo.uuid) for photo in shown]}
    words |= {f"foto-{photo.uuid}-alt": alt for photo, alt in shown.items()}
    return client.post(reverse("activities:write_post", args=[post.client_uuid]), words | more)


def test_new_and_left_out_photos_wait_and_what_is_up_stays_up(as_siti, client, post, made):
    first, second = post.photos.all()
    sent = reverse("activities:write_photo", args=[post.client_uuid])
    told = as_siti.post(sent, {"file": picture("red")}, headers=JSON)
    new = Photo.objects.get(uuid=told.json()["uuid"])

    send(as_siti, post, {new: "Panen", first: "Sawah hijau"})

    revision = PostRevision.objects.get(status="waiting")
    assert alts(post) == ["Sawah", "Kolam"]
    assert client.get(new.src640).status_code == 404
    assert client.get(reverse("files:own_photo", args=[new.uuid, "640.webp"])).status_code == 200
    revision.accept(by=made)
    assert alts(post) == ["Panen", "Sawah hijau"]
    assert Post.objects.get().lead_photo == new
    assert client.get(new.src640).status_code == 200
    assert client.get(second.src640).status_code == 404


def test_sent_twice_it_is_one_change_and_without_any_none(as_siti, post):
    first, second = post.photos.all()
    send(as_siti, post, {first: "Sawah", second: "Kolam"})
    assert not PostRevision.objects.exists()

    for _time in range(2):
        send(as_siti, post, {second: "Kolam"})

    assert PostRevision.objects.filter(status="waiting").count() == 1
    assert PostRevision.objects.count() == 2


def test_refused_the_photos_stay_and_a_trusted_kim_changes_them_at_once(as_siti, post, made, mekar):
    _first, second = post.photos.all()
    send(as_siti, post, {second: "Kolam"})
    PostRevision.objects.get(status="waiting").refuse(by=made, reason="other")
    assert alts(post) == ["Sawah", "Kolam"]
    type(mekar).objects.filter(pk=mekar.pk).update(is_trusted=True)

    send(as_siti, post, {second: "Kolam ikan"})

    assert alts(post) == ["Kolam ikan"]


def test_without_a_script_files_come_along_and_each_needs_its_words(as_siti, post):
    first, _second = post.photos.all()

    page = send(as_siti, post, {first: "Sawah"}, photos=[picture("red")])
    assert "Tulis apa yang terlihat di foto ini." in page.text
    new = post.photos.get(is_aside=True)
    assert str(new.uuid) in page.text
    send(as_siti, post, {first: "Sawah", new: "Panen"})

    assert [row["alt"] for row in PostRevision.objects.get(status="waiting").photos] == ["Sawah", "Panen"]
    again = as_siti.get(reverse("activities:write_post", args=[post.client_uuid]))
    assert [line.instance.alt for line in again.context["lines"]] == ["Sawah", "Panen"]


def test_a_change_is_not_sent_without_a_photo_that_it_names_and_the_server_no_longer_has(as_siti, post):
    first, second = post.photos.all()
    new = writing.add_photo(post, picture("red"))
    Photo.objects.get(pk=new.pk).let_go()

    page = send(as_siti, post, {first: "Sawah", new: "Panen"})
    assert "Sebagian foto tidak ada lagi di server." in page.text
    assert [line.instance for line in page.context["lines"]] == [first]
    assert not PostRevision.objects.exists()

    told = as_siti.post(
        reverse("activities:write_post", args=[post.client_uuid]),
        {"photo": [str(second.uuid), str(new.uuid)], "deed": "send"},
        headers=JSON,
    )
    assert (told.status_code, told.json()["state"]) == (409, "photos")
    assert [photo["uuid"] for photo in told.json()["photos"]] == [str(second.uuid)]


def test_the_officers_page_lists_no_photo_of_a_change_that_was_never_sent(desk, post, siti):
    _first, second = post.photos.all()
    abandoned, new = writing.add_photo(post, picture("red")), writing.add_photo(post, picture("green"))
    for photo, alt in ((abandoned, "Tidak dikirim"), (new, "Dikirim")):
        Photo.objects.filter(pk=photo.pk).update(alt=alt)

    writing.propose(post, post.facts, [row_of(second), row_of(new)], by=siti)

    page = desk.get(post.desk_path).text
    listed = [alt for alt in ("Sawah", "Kolam", "Dikirim", "Tidak dikirim") if f"<p>{alt}</p>" in page]
    assert listed == ["Sawah", "Kolam", "Dikirim"]


def test_a_button_moves_or_removes_one_without_storing_anything(as_siti, post):
    first, second = post.photos.all()

    page = send(as_siti, post, {first: "Sawah", second: "Kolam"}, deed=f"remove:{first.uuid}")

    assert [line.instance for line in page.context["lines"]] == [second]
    assert not PostRevision.objects.exists()


def test_a_button_leads_back_to_its_photo(as_siti, post):
    first, _second = post.photos.all()
    url = reverse("activities:write_post", args=[post.client_uuid])

    page = as_siti.get(url)
    assert f'data-photo-deed="down"\n        formaction="{url}#foto-{first.uuid}"' in page.text
    assert f'id="foto-{first.uuid}"' in page.text

    Post.objects.filter(pk=post.pk).update(status="draft")
    told = send(as_siti, post, {first: "Sawah"}, deed=f"down:{first.uuid}")
    assert told.url == f"{url}#foto-{first.uuid}"


def test_a_bad_file_costs_the_good_ones_nothing(as_siti, post):
    first, _second = post.photos.all()

    page = send(as_siti, post, {first: "Sawah"}, photos=[SimpleUploadedFile("x.jpg", b"x"), picture("red")])

    assert page.status_code == 200
    assert len(page.context["lines"]) == 2
    assert page.context["refusals"]


def test_the_officer_sees_what_comes_and_what_goes(post, siti, made, client, with_second_factor):
    first, second = post.photos.all()
    rows = [{"uuid": str(second.uuid), "alt": "Kolam", "caption": ""}]
    post.revisions.propose(post, post.facts, photos=rows, by=siti)
    made.confirm_email()
    client.force_login(with_second_factor(made))

    page = client.get(reverse("admin:activities_post_queue"), {"daftar": "perubahan"})

    assert [photo for photo, _src in page.context["photos"]] == [second]
    assert [photo for photo, _src in page.context["taken_away"]] == [first]
    assert "akan dihapus" in page.text


def test_what_was_chosen_and_never_sent_is_forgotten(post, django_capture_on_commit_callbacks):
    new = writing.add_photo(post, picture("red"))
    Photo.objects.filter(pk=new.pk).update(created_at=timezone.now() - timedelta(days=3))

    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_abandoned_photos.call()

    assert not Photo.objects.filter(pk=new.pk).exists()
    assert not default_storage.exists(new.path("640.webp"))
    assert alts(post) == ["Sawah", "Kolam"]


@pytest.fixture
def first(post):
    return post.photos.first()


def bring(client, post, shown, *files):
    """Photos brought without a script, beside those shown, and nothing sent yet."""
    words = {"deed": "photos", "title": "Judul baru", "photos": [*files]}
    return send(client, post, shown, **words)


def test_without_a_script_a_photo_that_was_added_is_seen_before_anything_is_sent(as_siti, post, first):
    page = bring(as_siti, post, {first: "Sawah"}, picture("red"))

    new = Photo.objects.last()
    assert "1 foto ditambahkan. Tulis apa yang terlihat, lalu kirim perubahannya." in page.text
    assert "Bila perubahannya tidak dikirim, foto itu hilang." in page.text
    assert "tanpa itu fotonya hilang" in as_siti.get(reverse("activities:write_post", args=[post.client_uuid])).text
    assert f'<input type="hidden" name="photo" value="{new.uuid}">' in page.text
    assert 'value="Judul baru"' in page.text
    assert [line.errors for line in page.context["lines"]] == [{}, {}]
    assert alts(post) == ["Sawah", "Kolam"]

    send(as_siti, post, {first: "Sawah", new: "Panen"})
    assert [row["alt"] for row in PostRevision.objects.get(status="waiting").photos] == ["Sawah", "Panen"]


def test_what_is_no_photo_is_refused_and_the_others_stay(as_siti, post, first):
    page = bring(as_siti, post, {first: "Sawah"}, picture("red"), SimpleUploadedFile("surat.jpg", b"bukan foto"))

    assert "surat.jpg: Berkas ini bukan foto" in page.text
    assert "1 foto ditambahkan." in page.text
    assert 'value="Judul baru"' in page.text
    assert [str(line.instance.uuid) for line in page.context["lines"]] == [
        str(photo.uuid) for photo in (first, Photo.objects.last())
    ]


@pytest.mark.parametrize("deed", ["save", "alike", "up:", "remove:"])
def test_no_button_swallows_why_a_photo_was_refused(as_siti, post, first, deed):
    deed += str(first.uuid) if ":" in deed else ""

    page = send(as_siti, post, {first: "Sawah"}, deed=deed, photos=[SimpleUploadedFile("surat.jpg", b"bukan foto")])

    assert "surat.jpg: Berkas ini bukan foto" in page.text


def test_the_same_photo_brought_twice_is_there_once_and_its_writer_is_told(as_siti, post, first):
    bring(as_siti, post, {first: "Sawah"}, picture("red"))
    new = Photo.objects.last()

    page = bring(as_siti, post, {first: "Sawah", new: "Panen"}, picture("red"))

    assert "Foto yang sama sudah ada di tulisan ini." in page.text
    assert "foto ditambahkan" not in page.text
    assert [line.instance for line in page.context["lines"]] == [first, new]
    assert 'value="Panen"' in page.text


def test_whoever_brings_no_photo_is_asked_for_one(as_siti, post, first):
    page = bring(as_siti, post, {first: "Sawah"})

    assert "Pilih fotonya." in page.text
    assert Photo.objects.count() == 2
