"""A KIM shows a picture and a logo of its own: its chair chooses and describes them, an officer may take them down."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.images import prepare_photo
from accounts.lifecycle import StepRefused
from accounts.models import AuditEntry, Notice
from communities.models import Community, CommunityPicture

pytestmark = pytest.mark.django_db


def image_file(colour="green", size=(800, 500)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return SimpleUploadedFile("gambar.png", file.getvalue(), "image/png")


@pytest.fixture
def address(mekar):
    return f"/ruang/kim/{mekar.slug}/gambar/"


@pytest.fixture
def dressed(mekar, siti):
    """KIM Mekar with a picture and a logo."""
    for kind in CommunityPicture.Kind:
        copies = prepare_photo(image_file())
        CommunityPicture.objects.show(mekar, kind, copies, f"Sawah {kind}", by=siti)
    return {picture.kind: picture for picture in mekar.pictures.all()}


def send(client, address, **typed):
    return client.post(address, {name.replace("__", "-"): value for name, value in typed.items()})


def test_the_chair_sets_a_picture_and_a_logo_which_everyone_sees(client, mekar, siti, address, settings):
    client.force_login(siti)
    sent = {"picture__file": image_file(), "picture__alt": "Anggota di balai", "logo__file": image_file()}

    answer = send(client, address, **sent, logo__alt="Logo padi")

    assert answer.status_code == 302
    pictures = {picture.kind: picture for picture in mekar.pictures.all()}
    page, card = client.get(mekar.get_absolute_url()).text, client.get("/kim/").text
    assert 'alt="Anggota di balai"' in page
    assert f'og:image" content="{settings.SITE_URL}{pictures["picture"].og_image}"' in page
    assert f'"image": "{settings.SITE_URL}{pictures["picture"].src1280}"' in page
    assert f'"logo": "{settings.SITE_URL}{pictures["logo"].src1280}"' in page
    assert pictures["logo"].src320 in page
    assert pictures["logo"].src320 in card
    assert pictures["logo"].src320 in client.get(f"/sematkan/kim/{mekar.slug}/").text
    photo = client.get(pictures["logo"].src320)
    assert photo.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert Image.open(io.BytesIO(photo.getvalue())).format == "WEBP"


def test_one_bad_file_costs_no_good_one_and_says_why(client, mekar, siti, address):
    client.force_login(siti)
    bad = SimpleUploadedFile("logo.png", b"GIF89a no picture", "image/png")

    answer = send(
        client, address, picture__file=image_file(), picture__alt="Balai", logo__file=bad, logo__alt="Logo padi"
    )

    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text
    assert "yang lain sudah disimpan" in answer.text
    assert [picture.kind for picture in mekar.pictures.all()] == ["picture"]


def test_a_picture_without_words_is_not_taken(client, mekar, siti, address):
    client.force_login(siti)

    answer = send(client, address, picture__file=image_file())

    assert "Tulis apa yang terlihat di gambar ini." in answer.text
    assert "Pilih berkasnya sekali lagi." in answer.text
    assert not mekar.pictures.exists()


def test_a_picture_replaced_twice_leaves_one_and_no_file_of_the_others(
    mekar, siti, dressed, django_capture_on_commit_callbacks
):
    former = [dressed["picture"]]
    with django_capture_on_commit_callbacks(execute=True):
        for colour in ("red", "blue"):
            copies = prepare_photo(image_file(colour))
            former.append(CommunityPicture.objects.show(mekar, "picture", copies, colour, by=siti))

    *gone, stays = former
    assert mekar.pictures.get(kind="picture").alt == "blue"
    assert default_storage.exists(stays.path("640.webp"))
    assert not any(default_storage.exists(picture.path(name)) for picture in gone for name in picture.NAMES)


def test_the_chair_describes_and_removes_what_is_there(
    client, mekar, siti, dressed, address, django_capture_on_commit_callbacks
):
    client.force_login(siti)
    before = Community.objects.get(pk=mekar.pk).updated_at

    with django_capture_on_commit_callbacks(execute=True):
        send(client, address, picture__alt="Sawah saat panen", logo__alt="Logo", logo__is_removed="on")

    assert [(picture.kind, picture.alt) for picture in mekar.pictures.all()] == [("picture", "Sawah saat panen")]
    assert client.get(dressed["logo"].src320).status_code == 404
    assert not default_storage.exists(dressed["logo"].path("320.webp"))
    assert Community.objects.get(pk=mekar.pk).updated_at > before


def test_nobody_but_its_chair_sets_them(mekar, joko, make_community):
    copies = prepare_photo(image_file())

    with pytest.raises(StepRefused):
        CommunityPicture.objects.show(mekar, "logo", copies, "Logo", by=joko)

    assert not CommunityPicture.objects.exists()


def test_before_it_is_verified_a_kim_shows_none(client, mekar, siti, address):
    Community.objects.filter(pk=mekar.pk).update(status="needs_revision")
    client.force_login(siti)

    answer = send(client, address, logo__file=image_file(), logo__alt="Logo padi")

    assert answer.status_code == 409
    assert "setelah KIM terverifikasi" in answer.text
    assert not mekar.pictures.exists()


def test_they_are_gone_with_the_kim(client, mekar, dressed):
    Community.objects.filter(pk=mekar.pk).update(status="rejected")

    assert [client.get(picture.src640).status_code for picture in dressed.values()] == [404, 404]


def test_an_officer_takes_one_down_with_a_reason_that_the_kim_reads(desk, mekar, siti, made, dressed):
    page = f"/petugas/communities/community/{mekar.pk}/langkah/turunkan-gambar/"
    shown = desk.get(page).text
    assert dressed["picture"].src320 in shown

    refused = desk.post(page, {"picture": dressed["picture"].uuid})
    answer = desk.post(page, {"picture": dressed["picture"].uuid, "note": "Ada wajah anak tanpa izin."})

    assert refused.status_code == 200
    assert answer.status_code == 302
    assert [picture.kind for picture in mekar.pictures.all()] == ["logo"]
    assert "Ada wajah anak tanpa izin." in mekar.steps.last().note
    assert "Ada wajah anak tanpa izin." in Notice.objects.filter(user=siti).last().text
    entry = AuditEntry.objects.get(model="communities.communitypicture", deed="DELETE")
    assert entry.reason == "Ada wajah anak tanpa izin."


def test_what_was_replaced_meanwhile_is_not_taken_down(desk, mekar, siti, dressed):
    CommunityPicture.objects.show(mekar, "logo", prepare_photo(image_file("red")), "Baru", by=siti)

    answer = desk.post(
        f"/petugas/communities/community/{mekar.pk}/langkah/turunkan-gambar/",
        {"picture": dressed["logo"].uuid, "note": "Bukan logo."},
    )

    assert "Gambar ini sudah diganti atau dihapus." in answer.text
    assert mekar.pictures.get(kind="logo").alt == "Baru"


def test_open_data_tells_of_them(client, mekar, dressed):
    told = client.get(f"/api/v1/kim/{mekar.slug}").json()
    assert told["logo"]["alt"] == "Sawah logo"
    assert told["picture"]["url"].endswith(dressed["picture"].src1280)

    mekar.pictures.all().delete()
    assert client.get("/api/v1/kim").json()["items"][0]["logo"] is None


def test_a_list_of_kim_asks_once_for_all_logos(django_assert_num_queries, mekar, dressed, make_community):
    make_community("KIM Tani")

    with django_assert_num_queries(1):
        logos = {kim.name: kim.logo_src for kim in Community.objects.registered().for_cards()}

    assert logos == {mekar.name: dressed["logo"].src320, "KIM Tani": ""}


def opened(client, address):
    """What the form of this page sends as it stands: `{name: text}`."""
    forms = client.get(address).context["forms"]
    return {
        name.replace("-", "__"): text
        for form in forms
        for name, text in ((form.version_name, form.version), (form.add_prefix("alt"), form["alt"].value()))
    }


@pytest.mark.parametrize("newer", ["other words", "another picture", "removed"])
@pytest.mark.parametrize("older", ["words", "picture", "removing"])
def test_an_older_page_writes_nothing_over_that_a_newer_one_saved(client, mekar, siti, dressed, address, newer, older):
    client.force_login(siti)
    page = opened(client, address)
    changes = {
        "other words": {"picture__alt": "Sawah hijau"},
        "another picture": {"picture__alt": "Sawah hijau", "picture__file": image_file("red")},
        "removed": {"picture__is_removed": "on"},
    }
    assert send(client, address, **page | changes[newer]).status_code == 302
    saved = mekar.pictures.filter(kind="picture").values_list("pk", "alt").first()

    late = {
        "words": {"picture__alt": "Ladang"},
        "picture": {"picture__alt": "Ladang", "picture__file": image_file("blue")},
        "removing": {"picture__is_removed": "on"},
    }
    answer = send(client, address, **page | late[older] | {"logo__alt": "Logo baru"})

    assert answer.status_code == 409
    assert "sudah diubah dari halaman lain" in answer.text
    assert mekar.pictures.filter(kind="picture").values_list("pk", "alt").first() == saved
    assert mekar.pictures.get(kind="logo").alt == "Logo baru"


def test_who_saw_both_saves_again(client, mekar, siti, dressed, address):
    client.force_login(siti)
    page = opened(client, address)
    send(client, address, **page | {"picture__alt": "Sawah hijau"})
    late = send(client, address, **page | {"picture__alt": "Ladang"})
    assert "Sawah hijau" in late.text
    assert 'value="Ladang"' in late.text

    versions = {form.version_name.replace("-", "__"): form.version for form in late.context["forms"]}
    send(client, address, **page | {"picture__alt": "Ladang"} | versions)

    assert mekar.pictures.get(kind="picture").alt == "Ladang"
