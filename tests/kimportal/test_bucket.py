"""Photos and papers in an S3 store: written, read, hidden and moved as in a folder, and carried by nginx."""

import shutil
from datetime import timedelta
from types import SimpleNamespace

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from django.conf import settings as portal_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from moto import mock_aws

from accounts import edition_loading, stray_files
from accounts.models import EditionUpload
from activities.models import Photo
from communities.models import RosterImport
from kimportal import environment
from kimportal.management.commands import move_media
from pages import store
from regions.tables import FileRefused
from tests.accounts.test_region_editions import FORMER, LIST
from tests.conftest import make_officer

STORE = {"S3_BUCKET": "kim", "S3_REGION": "us-east-1", "S3_ACCESS_KEY": "kunci", "S3_SECRET_KEY": "rahasia"}


@pytest.fixture
def bucket(monkeypatch, settings):
    for name, value in STORE.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="kim")
        settings.STORAGES = portal_settings.STORAGES | {"default": environment.files()}
        yield boto3.resource("s3", region_name="us-east-1").Bucket("kim")


@pytest.fixture
def photo(make_post):
    photo = Photo.objects.create(post=make_post(), alt="Balita ditimbang", width=640, height=400)
    for name in Photo.NAMES:
        default_storage.save(photo.path(name), ContentFile(f"gambar {name}".encode()))
    return photo


def names(bucket):
    return {entry.key for entry in bucket.objects.all()}


def test_a_photo_is_written_and_handed_out_and_gone_when_it_is_hidden(bucket, db, photo, client, made):
    assert photo.path("640.webp") in names(bucket)
    assert client.get(photo.src640).getvalue() == b"gambar 640.webp"
    assert client.get(photo.src640, headers={"Save-Data": "on"}).headers["ETag"]

    photo.hide(by=made, reason="other")

    assert client.get(photo.src640).status_code == 404


def test_a_file_that_the_store_lost_is_no_page(bucket, db, photo, client):
    bucket.Object(photo.path("640.webp")).delete()

    assert client.get(photo.src640).status_code == 404


def test_nginx_is_told_where_the_bytes_are_and_what_they_are(bucket, db, photo, client, settings, made):
    settings.FILES_BY_NGINX = True
    answer = client.get(photo.src640)

    assert answer.headers["X-Accel-Redirect"].startswith(f"/_berkas/kim/{photo.path('640.webp')}?")
    assert "X-Amz-Expires=60" in answer.headers["X-Accel-Redirect"]
    assert "response-content-type=image%2Fwebp" in answer.headers["X-Accel-Redirect"]
    assert answer.content == b""
    assert "s-maxage=0" in answer.headers["Cache-Control"]

    photo.hide(by=made, reason="other")
    assert "X-Accel-Redirect" not in client.get(photo.src640).headers


def test_a_new_edition_of_the_regions_is_read_from_the_store(bucket, db, places, settings, tmp_path, monkeypatch):
    settings.KIM_REFERENCE_DATA = tmp_path / "pack"
    monkeypatch.setattr(edition_loading.Progress, "tell", lambda self, words: None)
    upload = EditionUpload(name="Kepmendagri 1/2027", uploaded_by=make_officer("Dewi", places["0"]))
    upload.file.save("daftar.csv", ContentFile(LIST.encode()))
    upload.former_file.save("lama.csv", ContentFile(FORMER.encode()))

    edition_loading.tell_difference(upload)

    upload.refresh_from_db()
    assert (upload.status, upload.problem) == ("compared", "")
    assert upload.changes.filter(kind="added", code="64.71.01.1002").exists()
    bucket.Object(upload.file.name).delete()
    with pytest.raises(FileRefused, match="tidak disimpan lagi"):
        edition_loading.edition_of(upload)


def test_what_no_row_names_is_found_in_the_store_too(bucket, db, made, places, monkeypatch):
    monkeypatch.setattr(stray_files, "AGE", timedelta(0))
    field = RosterImport.file.field
    assert stray_files.stray_files(field) == []
    roster = RosterImport(name="kim.csv", uploaded_by=made, region=places["64.02"])
    roster.file.save("a.upload", ContentFile(b"NAMA KIM"))
    stray = default_storage.save("rosters/b.upload", ContentFile(b"NAMA KIM"))

    assert stray_files.stray_files(field) == [stray]


def test_a_folder_moves_into_the_store_and_back_and_twice_adds_nothing(bucket, tmp_path, capsys):
    folder, back = tmp_path / "media", tmp_path / "kembali"
    for name, words in {"foto/ab/1.webp": b"satu", "foto/cd/2.webp": b"dua", "surat/3.pdf": b"tiga"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(words)
    bucket.put_object(Key="foto/cd/2.webp", Body=b"du")  # of a move that was broken off

    for said in ("3 files copied, 0 were there", "0 files copied, 3 were there"):
        call_command("move_media", "--from", str(folder))
        assert said in capsys.readouterr().out
    call_command("move_media", "--to", str(back))

    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")} == {
        path.relative_to(back): path.read_bytes() for path in back.rglob("*.*")
    }
    shutil.rmtree(back)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "/media/a.webp"), "/media/a.webp: No space left on device"),
        (EndpointConnectionError(endpoint_url="https://s3.contoh.id"), "store of S3_BUCKET: Could not connect"),
        (ClientError({"Error": {"Code": "NoSuchBucket"}}, "PutObject"), "store of S3_BUCKET: .*NoSuchBucket"),
        (KeyboardInterrupt(), "broken off; the same command goes on"),
    ],
)
def test_what_breaks_a_move_off_is_said_in_a_sentence(bucket, tmp_path, monkeypatch, error, said):
    def fail(*_args, **_facts):
        raise error

    (tmp_path / "1.webp").write_bytes(b"satu")
    monkeypatch.setattr(move_media, "stored_hash", fail)

    with pytest.raises(CommandError, match=said):
        call_command("move_media", "--from", str(tmp_path))


def test_a_file_that_was_deleted_since_it_was_listed_is_passed_over(bucket, tmp_path, monkeypatch, capsys):
    bucket.put_object(Key="1.webp", Body=b"satu")
    monkeypatch.setattr(move_media, "stored_names", lambda storage: ["1.webp"])

    call_command("move_media", "--from", str(tmp_path))

    assert "0 files copied, 0 were there" in capsys.readouterr().out
    assert names(bucket) == {"1.webp"}, "what is there stays"


@pytest.mark.parametrize("error", [ReadTimeoutError, ConnectTimeoutError, EndpointConnectionError])
def test_a_store_that_does_not_answer_is_asked_once_in_a_while_and_found_again(
    bucket, db, photo, caplog, monkeypatch, error
):
    asked = []
    is_away = [True]

    def answer(request, **_about):
        asked.append(request.method)
        if is_away[0]:
            raise error(endpoint_url="https://s3.contoh.id")

    client, moment = Client(raise_request_exception=False), SimpleNamespace(now=1000.0)
    monkeypatch.setattr(store, "monotonic", lambda: moment.now)
    default_storage.connection.meta.client.meta.events.register_first("before-send.s3", answer)

    assert [client.get(photo.src640).status_code for _reader in range(5)] == [503] * 5
    tries = len(asked)
    assert tries in (1, 2)  # botocore asks once more by itself
    assert caplog.text.count(f"The store of photos and papers is away ({error.__name__}).") == 1

    moment.now += store.PAUSE + 1
    assert client.get(photo.src640).status_code == 503
    assert client.get(photo.src640).status_code == 503
    assert len(asked) == 2 * tries

    is_away[0] = False
    moment.now += store.PAUSE + 1
    assert client.get(photo.src640).getvalue() == b"gambar 640.webp"
    assert client.get(photo.src640).status_code == 200


def test_without_a_store_there_is_nothing_to_move(tmp_path):
    with pytest.raises(CommandError, match="S3_BUCKET"):
        call_command("move_media", "--from", str(tmp_path))


@pytest.mark.parametrize(
    ("around", "named"),
    [
        ({"S3_ACCESS_KEY": "a"}, "S3_ACCESS_KEY needs S3_BUCKET"),
        ({"S3_BUCKET": "kim"}, "S3_SECRET_KEY"),
        (STORE | {"S3_ENDPOINT": "s3.example.go.id"}, "S3_ENDPOINT"),
        (STORE | {"S3_ENDPOINT": "https://s3.example.go.id:99999"}, "S3_ENDPOINT"),
        (STORE | {"S3_REGION": "us east"}, "S3_REGION"),
        (STORE | {"S3_BUCKET": "kim/foto"}, "S3_BUCKET"),
    ],
)
def test_a_store_that_is_told_by_half_ends_the_start(monkeypatch, around, named):
    for name, value in around.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(environment.Refused, match=named):
        environment.files()
