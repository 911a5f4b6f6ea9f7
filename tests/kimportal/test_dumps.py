"""All rows of a list in one file: whole, current by the night, and without what was taken off since at any moment."""

import csv
import gzip
import io
import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from activities.models import Post
from kimportal import tasks
from kimportal.dumps import DUMPS, is_due
from pages.open_data import dumps as files

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch):
    """Two rows in each member of a file, and no step that may not be committed."""
    monkeypatch.setattr(files, "BLOCK", 2)
    monkeypatch.setattr(files, "UNCOMMITTED", 0)


def read(client, name, format="csv", **headers):
    answer = client.get(f"/data/{name}.{format}.gz", headers={"Accept-Encoding": "gzip", **headers})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    text = gzip.decompress(answer.getvalue()).decode()
    if format == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_a_file_holds_every_row_as_the_api_tells_it(client, make_post, few):
    for number in range(5):
        make_post(f"Kegiatan {number}", body='Baris satu\nbaris \u2028 dua, "tiga"')
    DUMPS["posts"].write()

    told = client.get("/api/v1/posts").json()["items"]

    assert read(client, "posts", "jsonl") == sorted(told, key=lambda row: row["id"])
    assert [row["text"] for row in read(client, "posts")] == [row["text"] for row in told]


@pytest.mark.parametrize("name", DUMPS)
def test_each_list_has_its_files_even_without_a_row(client, name):
    DUMPS[name].write()

    assert read(client, name) == read(client, name, "jsonl") == []


@pytest.mark.parametrize("format", files.FORMATS)
def test_what_was_hidden_since_is_gone_at_once_and_what_is_shown_again_is_there(client, make_post, made, few, format):
    posts = [make_post(f"Kegiatan {number}") for number in range(5)]
    DUMPS["posts"].write()
    whole = read(client, "posts", format)
    before = client.get(f"/data/posts.{format}.gz").headers["ETag"]

    posts[3].hide(by=made, reason="other", note="Keliru")

    assert read(client, "posts", format) == [whole[at] for at in (0, 1, 2, 4)]
    assert client.get(f"/data/posts.{format}.gz", headers={"If-None-Match": before}).status_code == 200
    posts[3].show_again(by=made)
    assert len(read(client, "posts", format)) == 5


def test_a_kim_that_was_suspended_a_proposal_withdrawn_and_information_recalled_are_gone(
    client, mekar, made, make_aspiration, make_bulletin, few
):
    wish, hidden, bulletin = make_aspiration(), make_aspiration("Lampu mati"), make_bulletin(status="sent")
    for dump in DUMPS.values():
        dump.write()
    assert [len(read(client, name)) for name in ("kim", "aspirations", "bulletins")] == [1, 2, 1]

    mekar.suspend(by=made, note="Vakum")
    wish.withdraw()
    hidden.hide(by=made, note="Memuat nama")
    bulletin.recall(by=made, reason="Tanggalnya keliru.")

    assert [len(read(client, name)) for name in ("kim", "aspirations", "bulletins")] == [0, 0, 0]
    DUMPS["bulletins"].write()
    assert [row["status"] for row in read(client, "bulletins")] == ["recalled"]


def test_the_former_file_is_read_until_the_new_one_is_whole(client, make_post, monkeypatch):
    make_post()
    DUMPS["posts"].write()
    make_post("Baru")
    monkeypatch.setattr(files, "json_text", lambda records: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        DUMPS["posts"].write()

    assert len(read(client, "posts")) == 1
    assert len(list(files.folder().glob("posts-*"))) == 2


def test_nobody_makes_one_while_somebody_does_and_what_a_killed_one_left_goes(client, make_post):
    make_post()
    left = files.folder() / "posts-0123456789ab.csv.gz"
    files.folder().mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"half")

    with files.alone(files.folder() / "posts.lock"):
        assert DUMPS["posts"].write() is None
    assert left.exists()
    assert DUMPS["posts"].write().rows == 1

    assert not left.exists()
    assert len(read(client, "posts")) == 1


def test_a_full_disk_leaves_the_former_file(client, make_post, monkeypatch):
    make_post()
    DUMPS["posts"].write()
    make_post("Baru")
    monkeypatch.setattr(files.os, "replace", lambda *paths: (_ for _ in ()).throw(OSError(28, "No space left")))

    with pytest.raises(OSError, match="No space left"):
        DUMPS["posts"].write()

    assert len(read(client, "posts")) == 1
    assert len(list(files.folder().glob("posts-*"))) == 2


def test_a_dump_is_due_when_it_is_missing_at_night_and_when_it_is_too_old(places):
    dump, night = DUMPS["kim"], timezone.now().replace(hour=19)  # 2 o'clock in Jakarta
    assert is_due(dump)

    dump.write()

    assert not is_due(dump)
    assert is_due(dump, night + timedelta(days=1))
    assert is_due(dump, timezone.now() + timedelta(hours=31))


def test_the_worker_makes_each_once(client, make_post, monkeypatch):
    asked = []
    make_dump = tasks.make_dump
    monkeypatch.setattr(tasks, "make_dump", SimpleNamespace(enqueue=asked.append))
    tasks.renew_dumps.call()
    tasks.renew_dumps.call()

    assert asked == list(DUMPS)
    make_post()
    make_dump.call("posts")
    assert Post.objects.count() == len(read(client, "posts"))


def test_the_page_names_each_file_with_its_rows_and_licence(client, make_post, places):
    assert "sedang dibuat" in client.get("/data/").text
    make_post()
    for dump in DUMPS.values():
        dump.write()

    page = client.get("/data/").text

    assert all(f"/data/{name}.{format}.gz" in page for name in DUMPS for format in files.FORMATS)
    assert "CC-BY-4.0" in page
    assert "ODbL-1.0" in page
    assert "idn-area-data" in page


@pytest.mark.parametrize("path", ["/data/posts.csv.gz", "/data/entah.csv.gz", "/data/posts.xml.gz"])
def test_a_file_that_is_not_there_is_not_found(client, path, db):
    if "xml" in path:
        DUMPS["posts"].write()

    assert client.get(path).status_code == 404
