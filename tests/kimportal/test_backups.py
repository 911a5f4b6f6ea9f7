"""A backup is whole or refused, of one moment, and put back as it was on another server with another owner."""

import json
import time
from contextlib import contextmanager
from types import SimpleNamespace

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from psycopg.sql import SQL, Identifier

from accounts.models import AuditEntry
from activities.models import Photo, Post
from kimportal.backups import Refused, contents, drill, folder, restoring, taking, tools
from kimportal.leaving.taking import KIND
from monitoring.models import CountChange

PASSWORD = "kata-sandi-pemilik"


# A folder that tells of itself ----------------------------------------------------------------------------------------


@pytest.fixture
def sealed(tmp_path):
    """A small folder as a backup is: no database is asked."""
    place = tmp_path / "sealed"
    (place / "media" / "photos").mkdir(parents=True)
    (place / "media" / "photos" / "og.jpg").write_bytes(b"picture")
    (place / "database.dump").write_bytes(b"rows")
    (place / "manifest.json").write_text('{"format": 1, "made_at": "2026-08-17"}')
    folder.seal(place)
    return place


def test_a_folder_that_nobody_touched_is_whole(sealed):
    assert folder.verify(sealed)["made_at"] == "2026-08-17"
    assert [path for path, _digest in folder.listed(sealed)] == [
        "database.dump", "manifest.json", "media/photos/og.jpg",
    ]  # fmt: skip


def test_any_other_byte_anywhere_refuses_the_whole(sealed):
    for path in [path for path in sealed.rglob("*") if path.is_file()]:
        content = path.read_bytes()
        for place in range(len(content)):
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            with pytest.raises(Refused):
                folder.verify(sealed)
        path.write_bytes(content + b"\n")
        with pytest.raises(Refused):
            folder.verify(sealed)
        path.write_bytes(content)

    folder.verify(sealed)


def test_a_file_too_many_or_too_few_refuses_the_whole(sealed):
    (sealed / "media" / "more.jpg").write_bytes(b"")
    with pytest.raises(Refused, match="does not list"):
        folder.verify(sealed)
    (sealed / "media" / "more.jpg").unlink()

    (sealed / "database.dump").unlink()
    with pytest.raises(Refused, match=r"database\.dump cannot be read"):
        folder.verify(sealed)


def test_what_is_no_backup_is_named(tmp_path):
    with pytest.raises(Refused, match="is no backup"):
        folder.verify(tmp_path)


def test_two_do_not_write_the_same_backup(tmp_path):
    with taking.alone(tmp_path / "a.part"), pytest.raises(Refused, match="Another backup"):  # noqa: SIM117
        with taking.alone(tmp_path / "a.part"):
            pass


def test_the_program_of_the_servers_version_is_taken_or_the_next_newer(monkeypatch):
    versions = {"/usr/bin/pg_dump": 14, "/15/pg_dump": 15, "/17/pg_dump": 17}
    monkeypatch.setattr(tools, "candidates", lambda program: versions)
    monkeypatch.setattr(tools, "version_of", versions.get)

    assert tools.find.__wrapped__("pg_dump", 15) == "/15/pg_dump"
    assert tools.find.__wrapped__("pg_dump", 16) == "/17/pg_dump"
    with pytest.raises(Refused, match="PostgreSQL 18 or newer"):
        tools.find.__wrapped__("pg_dump", 18)


# A portal, and another server -----------------------------------------------------------------------------------------

portal = pytest.mark.django_db(transaction=True)


@contextmanager
def signed_in(**elsewhere):
    """All that follows asks another database, or as another role."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(elsewhere)
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        connection.settings_dict.update(before)


@pytest.fixture
def backed_up(request, mekar, make_post, tmp_path, settings):
    """A portal with a post and its photo, and where its backup is."""
    settings.MEDIA_ROOT = tmp_path / "media"
    post = make_post()
    photo = Photo.objects.create(post=post, alt="Posyandu", width=1, height=1, position=1)
    for name in photo.NAMES:
        default_storage.save(photo.path(name), ContentFile(name.encode()))
    return SimpleNamespace(post=post, photo=photo, place=tmp_path / "backup", media=settings.MEDIA_ROOT)


@pytest.fixture
def elsewhere(backed_up, tmp_path, settings):
    """An empty database of another owner, and an empty folder."""
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with connection.cursor() as cursor:
        cursor.execute(SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(name), PASSWORD))
        cursor.execute(SQL("CREATE DATABASE {0} OWNER {0} TEMPLATE template0").format(Identifier(name)))

    @contextmanager
    def there():
        settings.MEDIA_ROOT = tmp_path / "elsewhere"
        with signed_in(NAME=name, USER=name, PASSWORD=PASSWORD):
            yield
        settings.MEDIA_ROOT = backed_up.media

    yield there
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
        cursor.execute(SQL("DROP ROLE {}").format(Identifier(name)))


def files_below(place):
    return {path.relative_to(place): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@portal
@pytest.mark.owner
def test_a_portal_is_put_back_under_another_owner_and_lives_on(backed_up, elsewhere, tmp_path, siti, sector):
    call_command("backup", backed_up.place)
    call_command("backup", backed_up.place, verify=True)

    with elsewhere():
        call_command("restore", backed_up.place)

        assert files_below(tmp_path / "elsewhere") == files_below(backed_up.media)
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
            assert cursor.fetchall() == [(connection.settings_dict["USER"],)]
        # Numbers go on, triggers count and tell, words are made.
        former, told, counted = Post.objects.get(), AuditEntry.objects.count(), CountChange.objects.count()
        post = Post.objects.create(
            title="Kerja bakti", status="published", community=former.community, author=siti, sector=sector,
            place=former.place, published_at=former.published_at,
        )  # fmt: skip
        assert post.pk > former.pk
        assert AuditEntry.objects.count() > told
        assert CountChange.objects.count() > counted
        assert post in Post.objects.published()


@portal
@pytest.mark.owner
def test_a_changed_backup_touches_nothing(backed_up, elsewhere, tmp_path):
    call_command("backup", backed_up.place)
    with open(backed_up.place / folder.DUMP, "r+b") as dump:
        dump.seek(100)
        dump.write(b"!")

    with elsewhere():
        with pytest.raises(CommandError, match="not what was backed up"):
            call_command("restore", backed_up.place)

        with connection.cursor() as cursor:
            assert contents.is_empty(cursor)
        assert not (tmp_path / "elsewhere").exists()


@portal
@pytest.mark.owner
def test_a_database_or_a_folder_that_is_not_empty_is_refused(backed_up, elsewhere, tmp_path):
    call_command("backup", backed_up.place)

    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore", backed_up.place)
    with elsewhere():
        default_storage.save("photos/mine.jpg", ContentFile(b"mine"))
        with pytest.raises(CommandError, match="MEDIA_ROOT"):
            call_command("restore", backed_up.place)
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", backed_up.place)


@portal
@pytest.mark.owner
def test_a_restore_that_is_broken_off_begins_again(backed_up, elsewhere, tmp_path, monkeypatch):
    call_command("backup", backed_up.place)

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    with elsewhere():
        for deed in ("restore_rows", "compare"):  # before the rows, and after them
            with monkeypatch.context() as patch:
                patch.setattr(restoring, deed, interrupted)
                with pytest.raises(CommandError, match="begins again"):
                    call_command("restore", backed_up.place)
        (tmp_path / "elsewhere" / backed_up.photo.path("og.jpg")).write_bytes(b"og")  # by half

        call_command("restore", backed_up.place)

        assert files_below(tmp_path / "elsewhere") == files_below(backed_up.media)
        assert Post.objects.count() == 1


@portal
@pytest.mark.owner
def test_rows_that_still_come_from_a_restore_that_was_killed_are_waited_for(backed_up, elsewhere):
    call_command("backup", backed_up.place)

    with elsewhere():
        at_work = connection.get_connection_params() | {"application_name": "pg_restore"}
        with psycopg.connect(**at_work), pytest.raises(CommandError, match="still writes its rows"):
            call_command("restore", backed_up.place)
        while restoring.is_being_restored():  # its session ends a moment after it is left
            time.sleep(0.01)

        call_command("restore", backed_up.place)

        assert Post.objects.count() == 1


@portal
@pytest.mark.owner
def test_everything_in_a_backup_is_of_one_moment(backed_up, elsewhere, monkeypatch):
    facts_of = taking.facts_of

    def meanwhile(cursor):
        """Once the moment is taken, a title is changed and a photo is let go."""
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute("DELETE FROM activities_photo")
            other.execute("UPDATE activities_post SET title = 'Yang lebih baru'")
        for name in backed_up.photo.NAMES:
            default_storage.delete(backed_up.photo.path(name))
        return facts_of(cursor)

    monkeypatch.setattr(taking, "facts_of", meanwhile)
    call_command("backup", backed_up.place)

    with elsewhere():
        call_command("restore", backed_up.place)

        assert Post.objects.get().title == backed_up.post.title
        assert all(default_storage.exists(Photo.objects.get().path(name)) for name in Photo.NAMES)


@portal
@pytest.mark.owner
def test_a_photo_that_goes_between_the_files_and_the_rows_is_in_neither(backed_up, monkeypatch):
    copy_media, rounds = taking.copy_media, []

    def meanwhile(media):
        """A photo comes and goes again after the first copy; the moment is taken while its row is still there."""
        copy_media(media)
        rounds.append(len(rounds))
        if len(rounds) == 1:
            backed_up.late = Photo.objects.create(post=backed_up.post, alt="Sebentar", width=1, height=1, position=2)
        if len(rounds) == 2:
            with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
                other.execute("DELETE FROM activities_photo WHERE id = %s", [backed_up.late.pk])

    monkeypatch.setattr(taking, "copy_media", meanwhile)
    manifest = taking.take(backed_up.place, tell=print)

    assert len(rounds) == 4
    assert manifest["missing"] == []
    assert manifest["tables"]["public.activities_photo"]["rows"] == 1


@portal
@pytest.mark.owner
def test_a_file_that_the_portal_itself_lacks_is_told(backed_up, capsys):
    default_storage.delete(backed_up.photo.path("og.jpg"))
    default_storage.save("rosters/a.upload", ContentFile(b"NIK"))

    call_command("backup", backed_up.place)

    assert backed_up.photo.path("og.jpg") in capsys.readouterr().err
    assert not (backed_up.place / "media/rosters").exists()


@portal
@pytest.mark.owner
def test_the_newest_backup_is_drilled_and_nothing_is_left(backed_up, tmp_path, capsys, monkeypatch):
    call_command("backup", backed_up.place)

    call_command("restore_drill", tmp_path)

    said = capsys.readouterr().out
    assert "public.activities_post " in said
    assert "differs" not in said
    assert "This backup holds." in said

    rows_of = contents.rows_of
    monkeypatch.setattr(contents, "rows_of", lambda *facts: rows_of(*facts) | {"rows": 7})
    with pytest.raises(CommandError, match=r"public\.activities_post: 1 rows"):
        call_command("restore_drill", tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE %s", [f"{restoring.database()}_drill_%"])
        assert cursor.fetchone() == (0,)


@portal
@pytest.mark.owner
def test_what_a_drill_left_that_was_killed_is_dropped_by_the_next(backed_up):
    call_command("backup", backed_up.place)
    killed = f"{restoring.database()}_drill_0a1b2c3d"
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute(SQL("CREATE DATABASE {}").format(Identifier(killed)))

        with drill.alone(), pytest.raises(CommandError, match="Another drill"):
            call_command("restore_drill", backed_up.place.parent)
        call_command("restore_drill", backed_up.place.parent)

        named = other.execute("SELECT datname FROM pg_database").fetchall()
    assert (restoring.database(),) in named
    assert not [name for (name,) in named if name.startswith(f"{restoring.database()}_drill_")]


@portal
@pytest.mark.owner
def test_a_backup_of_a_newer_release_or_server_is_refused(backed_up):
    manifest = taking.take(backed_up.place, tell=print)

    with pytest.raises(Refused, match=r"regions\.9999_later is not known here"):
        restoring.require_release(manifest | {"migrations": [["regions", "9999_later"]]})
    with pytest.raises(Refused, match="PostgreSQL 99"):
        restoring.require_release(manifest | {"postgresql": "99.1"})


@portal
@pytest.mark.owner
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "/var/backups/kim"), "/var/backups/kim: No space left on device"),
        (OperationalError("connection refused\nIs it running?"), "DATABASE_URL does not answer: connection refused"),
    ],
)
def test_what_an_operator_mends_is_one_sentence(tmp_path, monkeypatch, error, said):
    def fail(*_args):
        raise error

    monkeypatch.setattr(taking, "copy_media", fail)

    with pytest.raises(CommandError, match=said):
        call_command("backup", tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    monkeypatch.undo()
    call_command("backup", tmp_path / "backup")


def test_a_drill_needs_a_backup(tmp_path):
    (tmp_path / "catatan").mkdir()
    (tmp_path / "catatan" / folder.MANIFEST).write_text("[]")

    with pytest.raises(CommandError, match="no backup below"):
        call_command("restore_drill", tmp_path)


def test_a_file_in_the_place_of_a_backup_is_named(tmp_path):
    (tmp_path / "berkas").write_text("")

    with pytest.raises(CommandError, match=r"berkas.*Not a directory"):
        call_command("backup", tmp_path / "berkas", verify=True)


@pytest.mark.django_db
def test_what_was_taken_of_one_region_is_no_backup(tmp_path):
    place = tmp_path / "kukar"
    place.mkdir()
    manifest = {"format": folder.FORMAT, "kind": KIND, "made_at": "2026-08-17T00:00:00+00:00"}
    (place / folder.MANIFEST).write_text(json.dumps(manifest))
    folder.seal(place)

    with pytest.raises(CommandError, match="no backup below"):
        call_command("restore_drill", tmp_path)
    with pytest.raises(Refused, match="kukar is of one region or KIM"):
        restoring.whole(place)
