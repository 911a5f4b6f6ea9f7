"""A region's officer and a KIM's chair take its data along by a browser, and another portal reads it."""

import errno
import io
import json
import os
from datetime import timedelta
from types import SimpleNamespace
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from conftest import PASSWORD, make_officer
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.decisions import StepRefused
from accounts.models import AuditEntry, Notice, User
from activities.models import Comment, Photo, Post
from communities.models import DataCopy
from kimportal import tasks
from kimportal.backups import Refused
from kimportal.backups.folder import listed
from kimportal.leaving import copying, packed

pytestmark = pytest.mark.django_db

LIST = "/petugas/communities/datacopy/"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def told(mekar, make_post, joko, siti):
    """KIM Mekar told something, with a photo and a comment of a stranger, and has a draft of somebody else."""
    post = make_post()
    photo = Photo.objects.create(post=post, alt="Posyandu", width=1, height=1, position=1)
    for name in photo.NAMES:
        default_storage.save(photo.path(name), ContentFile(name.encode()))
    Comment.objects.create(post=post, author=joko, text="Hebat")
    make_post(title="Masih draf", status="draft", author=joko)
    return post


def asked_for(by, region, community=None):
    copy = DataCopy.objects.ask(by=by, region=region, community=community)
    copying.make(copy)
    copy.refresh_from_db()
    return copy


def of_region(made, places):
    return asked_for(made, places["64.02"])


def of_kim(siti, mekar):
    return asked_for(siti, mekar.seat, mekar)


def lines_of(copy, table):
    with ZipFile(default_storage.open(copy.file.name)) as archive:
        return [json.loads(line) for line in archive.read(f"tables/{table}.jsonl").splitlines()]


def everything_in(copy):
    with ZipFile(default_storage.open(copy.file.name)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


# At the desk


def test_an_officer_asks_is_told_and_downloads(desk, made, places, told):
    page = desk.get(f"{LIST}add/")
    assert "64.02" in page.text or "Kutai Kartanegara" in page.text

    answer = desk.post(f"{LIST}add/", {"region": places["64.02"].pk})

    copy = DataCopy.objects.get()
    assert answer.url == copy.path
    assert 'http-equiv="refresh"' in desk.get(copy.path).text
    copying.make(copy)
    notice = Notice.objects.get(user=made, path=copy.path)
    assert notice.title == "Salinan data Kabupaten Kutai Kartanegara siap diunduh"
    assert "Unduh salinan" in desk.get(copy.path).text
    file = desk.post(copy.path, {"deed": "download"})
    assert file["Content-Type"] == "application/zip"
    assert 'filename="salinan-64.02-' in file["Content-Disposition"]
    assert ZipFile(io.BytesIO(file.getvalue())).testzip() is None
    entry = AuditEntry.objects.get(model="communities.datacopy", deed=AuditEntry.Deed.EXPORT)
    assert (entry.by, entry.region, entry.after["kind"]) == (made, places["64.02"], "zip")


def test_no_region_but_ones_own_is_offered_or_taken(desk, places, told):
    for code in ("64", "64.71", "64.02.02"):
        answer = desk.post(f"{LIST}add/", {"region": places[code].pk})

        assert "Belum diminta" in answer.text
    assert not DataCopy.objects.exists()


def test_who_does_not_look_after_connections_is_offered_none(desk, made):
    made.assignments.update(duties=["moderation"])

    assert desk.get(f"{LIST}add/").status_code == 403


def test_nobody_else_downloads_it_nor_who_no_longer_may(client, made, with_second_factor, places, told):
    copy = of_region(made, places)
    colleague = with_second_factor(make_officer("Rekan", places["64.02"]))
    client.force_login(colleague)
    assert client.post(copy.path, {"deed": "download"}).status_code == 404

    made.assignments.update(duties=["moderation"])
    client.force_login(with_second_factor(made))

    assert client.post(copy.path, {"deed": "download"}).status_code == 404
    assert not AuditEntry.objects.filter(model="communities.datacopy", deed=AuditEntry.Deed.EXPORT).exists()


def test_it_is_asked_for_once_at_a_time_and_once_a_day(made, places, told):
    DataCopy.objects.ask(by=made, region=places["64.02"])
    with pytest.raises(StepRefused, match="sedang disiapkan"):
        DataCopy.objects.ask(by=made, region=places["64.02"])
    copying.make(DataCopy.objects.get())

    with pytest.raises(StepRefused, match="sehari sesudah"):
        DataCopy.objects.ask(by=made, region=places["64.02"])

    DataCopy.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    assert DataCopy.objects.ask(by=made, region=places["64.02"])


def test_a_region_without_posts_has_a_copy_too(ratna, places):
    copy = asked_for(ratna, places["64.71"])

    assert copy.is_ready
    assert lines_of(copy, "activities.post") == []


def test_what_was_to_be_downloaded_is_gone_when_its_time_is_over(desk, made, places, told):
    copy = of_region(made, places)
    name = copy.file.name
    DataCopy.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = desk.post(copy.path, {"deed": "download"})
    tasks.let_go_of_data_copies.call()

    assert answer.status_code == 410
    assert "sudah lewat" in answer.text
    assert not default_storage.exists(name)
    copy.refresh_from_db()
    assert (copy.status, copy.file.name) == ("over", "")


def test_a_full_disk_is_said_and_may_be_tried_again(made, places, told, monkeypatch, settings):
    def full(folder):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(copying, "pieces_of", full)
        copy = of_region(made, places)

    assert copy.status == "failed"
    assert "penuh" in copy.problem
    assert Notice.objects.filter(user=made, title__contains="gagal").exists()
    assert not [*settings.MEDIA_ROOT.glob("copies/*")]
    assert of_region(made, places).is_ready


def test_a_worker_that_was_killed_is_followed_by_another_a_few_times(made, places, told):
    copy = DataCopy.objects.ask(by=made, region=places["64.02"])
    for tried in range(1, DataCopy.MOST_TRIES + 1):
        assert copy.begin("making")
        assert copy.tries == tried
        DataCopy.objects.update(touched_at=timezone.now() - timedelta(hours=1))
        tasks.resume_data_copies.call()
        copy.refresh_from_db()

    assert copy.status == "failed"
    assert Notice.objects.filter(user=made, title__contains="gagal").exists()


def test_what_a_killed_worker_stored_goes_again(made, places, told):
    mine = of_region(made, places).file.name
    stray, new = (default_storage.save(f"copies/{name}.copy", ContentFile(b"semua data")) for name in "ab")
    for name in (mine, stray):
        os.utime(default_storage.path(name), (0, 0))

    tasks.let_go_of_data_copies.call()

    assert [default_storage.exists(name) for name in (mine, stray, new)] == [True, False, True]


def test_a_worker_thought_lost_leaves_no_second_file(made, places, told, monkeypatch, settings):
    copy = DataCopy.objects.ask(by=made, region=places["64.02"])

    def meanwhile(folder):
        DataCopy.objects.filter(pk=copy.pk).update(status="asked")
        return packed.pieces_of(folder)

    monkeypatch.setattr(copying, "pieces_of", meanwhile)
    copying.make(copy)

    assert not [*settings.MEDIA_ROOT.glob("copies/*")]


# In the room


@pytest.fixture
def room(client, siti):
    """The browser of Siti, who said her password a moment ago."""
    siti.confirm_email()
    client.force_login(siti)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_a_chair_asks_is_told_and_downloads(room, siti, mekar, told):
    path = reverse("data_copy", args=[mekar.slug])
    assert path in room.get(mekar.room_path).text
    assert "Minta salinan" in room.get(path).text

    room.post(path)
    room.post(path)

    copy = DataCopy.objects.get()
    copying.make(copy)
    assert Notice.objects.filter(user=siti, title="Salinan data KIM Mekar siap diunduh", path=path).exists()
    file = room.post(path, {"deed": "download"})
    assert f'filename="salinan-{mekar.slug}-' in file["Content-Disposition"]
    assert ZipFile(io.BytesIO(file.getvalue())).testzip() is None
    entry = AuditEntry.objects.get(model="communities.datacopy", deed=AuditEntry.Deed.EXPORT)
    assert (entry.by, entry.region) == (siti, mekar.seat)


def test_a_member_who_is_not_the_chair_is_refused(client, mekar, joko, told):
    mekar.memberships.create(user=joko, name="Joko")
    client.force_login(joko)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert client.post(reverse("data_copy", args=[mekar.slug])).status_code == 403
    assert not DataCopy.objects.exists()


def test_a_chair_takes_nothing_along_that_a_chair_may_not_read(siti, mekar, joko, made, told, make_aspiration):
    make_aspiration(sender=joko, title="Jalan rusak", sender_phone="0877-1111-2222", community=mekar)

    copy = of_kim(siti, mekar)

    taken = everything_in(copy)
    assert "Posyandu ramai di Jembayan" in taken
    assert siti.email in taken
    for hidden in (joko.email, made.email, "Jalan rusak", "0877-1111", "Masih draf"):
        assert hidden not in taken, hidden
    assert [line["text"] for line in lines_of(copy, "activities.comment")] == ["Hebat"]


# In another portal


@pytest.fixture
def world(request, places):
    """Builds the rows within the transaction that is open, and nothing of it before."""

    def build():
        request.getfixturevalue("told")
        request.getfixturevalue("make_aspiration")(sender=request.getfixturevalue("joko"))
        return {name: request.getfixturevalue(name) for name in ("made", "siti", "mekar")}

    return build


@pytest.mark.owner
@pytest.mark.parametrize("whose", ["region", "kim"])
def test_another_portal_takes_it_in_and_twice_adds_nothing(whose, world, places, tmp_path, settings, capsys):
    file = tmp_path / "salinan.zip"
    with transaction.atomic():
        cast = world()
        copy = of_region(cast["made"], places) if whose == "region" else of_kim(cast["siti"], cast["mekar"])
        file.write_bytes(default_storage.open(copy.file.name).read())
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    User.objects.create_user("lain@contoh.id", name="Orang lain")

    call_command("import_region", file)
    number = AuditEntry.objects.count()
    call_command("import_region", file)

    assert "nothing was added" in capsys.readouterr().out
    assert AuditEntry.objects.count() == number
    post = Post.objects.published().get()
    with packed.unpacked(file) as folder:
        scope = copying.Scope.told(json.loads((folder / "manifest.json").read_text()))
        copying.take(tmp_path / "again", scope)
        assert hashes(tmp_path / "again") == hashes(folder)
    stranger = post.comments.get().author
    assert (stranger.is_active, bool(stranger.name)) == (whose == "region", whose == "region")


def hashes(place):
    told = json.loads((place / "manifest.json").read_text())
    files = {path: digest for path, digest in listed(place) if path.startswith("media/")}
    return {name: table["sha256"] for name, table in told["tables"].items()}, files


def test_a_file_that_was_not_downloaded_to_the_end_is_refused_in_words(tmp_path):
    (tmp_path / "salinan.zip").write_bytes(b"PK\x03\x04 half of it")

    with pytest.raises(Exception, match="bukan berkas ZIP yang utuh"):
        call_command("import_region", tmp_path / "salinan.zip")


def packed_file(tmp_path, **bytes_at):
    """A ZIP of one member; `bytes_at` puts other bytes into both of its headers, where they say how it is packed."""
    source = tmp_path / "salinan.zip"
    with ZipFile(source, "w", ZIP_DEFLATED) as file:
        file.writestr("SHA256SUMS", "isi " * 200)
    data = bytearray(source.read_bytes())
    for header, byte in bytes_at.items():
        data[{"flags": 6, "method": 8}[header]] = data[data.index(b"PK\1\2") + {"flags": 8, "method": 10}[header]] = (
            byte
        )
    source.write_bytes(data)
    return source


@pytest.mark.parametrize("header", [{"flags": 1}, {"method": 99}])
def test_a_zip_that_is_locked_or_packed_in_a_strange_way_is_refused_in_words(tmp_path, header):
    with pytest.raises(Refused, match="bukan berkas ZIP yang utuh"):
        call_command("import_region", packed_file(tmp_path, **header))


def test_a_zip_that_says_to_be_larger_than_the_disk_is_not_begun(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "disk_usage", lambda _place: SimpleNamespace(free=799))

    with pytest.raises(Refused, match=r"salinan\.zip \(800.bita\) tidak muat di"):
        call_command("import_region", packed_file(tmp_path))
