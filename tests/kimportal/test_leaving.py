"""A region is taken along into another portal, whole, and is there as it was."""

import json

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import AuditEntry, User
from activities.models import Comment, Photo, Post
from activities.models.revisions import PostRevision
from aspirations.models.photos import AspirationPhoto
from bulletins.models import Delivery
from communities.models import Community
from evaluations.models import Cycle, Score
from kimportal.backups.folder import listed
from kimportal.leaving import bringing, tables
from kimportal.leaving.taking import SIDES
from monitoring.models import CountChange

pytestmark = [pytest.mark.django_db, pytest.mark.owner]


def test_every_table_goes_along_or_is_left_out_for_a_reason():
    along = {table.model._meta.label for table in tables.ALL}
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    links = {label for label in known if label.startswith(("auth.", "accounts.User_"))} - set(tables.LEFT_OUT)

    assert along | set(tables.LEFT_OUT) == known - links
    assert not along & set(tables.LEFT_OUT)


@pytest.fixture
def world(request, places, sector):
    """Builds a small world within the transaction that is open, and nothing of it before."""

    def build():
        made, joko, mekar, make_community, make_post, make_aspiration, make_decree, make_bulletin = map(
            request.getfixturevalue,
            ["made", "joko", "mekar", "make_community", "make_post", "make_aspiration", "make_decree", "make_bulletin"],
        )
        decree = make_decree()
        decree.file.save("sk.pdf", ContentFile(b"%PDF sk"))
        Community.objects.filter(pk=mekar.pk).update(decree=decree)
        mekar.sectors.add(sector)
        make_community(name="KIM Lama", status="merged", merged_into=mekar)
        post, hidden = make_post(), make_post(title="Yang disembunyikan", status="hidden")
        Post.objects.filter(pk=hidden.pk).update(origin=post)
        aspiration = make_aspiration(sender=joko)
        first = Photo.objects.create(post=post, alt="Posyandu", width=1, height=1, position=1)
        second = AspirationPhoto.objects.create(aspiration=aspiration, alt="Jalan", width=1, height=1, position=1)
        Post.objects.filter(pk=post.pk).update(lead_photo=first)
        for photo in (first, second):
            for name in photo.NAMES:
                default_storage.save(photo.path(name), ContentFile(f"{photo.alt} {name}".encode()))
        Comment.objects.create(post=post, author=joko, text="Hebat")
        PostRevision.objects.create(post=post, number=1, facts=post.facts, by=joko)
        Delivery.objects.create(bulletin=make_bulletin(), community=mekar, place=mekar.seat)
        rules = request.getfixturevalue("make_rules")(region=None)
        cycle = request.getfixturevalue("make_cycle")(rule_set=rules)
        Score.objects.create(cycle=cycle, community=mekar, total=80, class_name="Utama", rank=1, sheet={}, run=1)
        Cycle.objects.filter(pk=cycle.pk).update(status="frozen", objections_until="2026-03-01")
        make_post(title="Menyiarkan dari provinsi", bulletin=make_bulletin(title="Dari provinsi", issuer="64"))
        assert made.assignments.exists()

    return build


@pytest.fixture
def folder(world, own_media, tmp_path):
    """What the first portal wrote; none of it is in the second, whose keys go on from others."""
    place = tmp_path / "loa-kulu"
    with transaction.atomic():
        world()
        call_command("export_region", "64.02", place)
        transaction.set_rollback(True)
    return place


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def hashes(place):
    told = json.loads((place / "manifest.json").read_text())
    files = {path: digest for path, digest in listed(place) if path.startswith("media/")}
    return {name: table["sha256"] for name, table in told["tables"].items()}, files


@pytest.fixture
def elsewhere(folder, tmp_path, settings):
    """The second portal has files and people of its own."""
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    return User.objects.create_user("lain@contoh.id", name="Orang lain")


def test_what_came_is_as_it_was_and_twice_adds_nothing(folder, elsewhere, tmp_path, capsys):
    told = json.loads((folder / "manifest.json").read_text())
    assert told["references"]["activities.post.bulletin"] == 1
    assert "64.02.02.2003" in (folder / SIDES / "activities.post.jsonl").read_text()
    assert '"sender_id": "•••"' in (folder / SIDES / "accounts.auditentry.jsonl").read_text()

    call_command("import_region", folder)
    number = AuditEntry.objects.count()
    call_command("import_region", folder)

    assert "nothing was added" in capsys.readouterr().out
    assert AuditEntry.objects.count() == number
    call_command("export_region", "64.02", tmp_path / "again")
    assert hashes(tmp_path / "again") == hashes(folder)
    people = User.objects.exclude(pk=elsewhere.pk)
    assert people
    assert not any(person.has_usable_password() for person in people)


def test_the_second_portal_lives_on(folder, elsewhere, client):
    call_command("import_region", folder)

    post = Post.objects.published().get(title="Posyandu ramai di Jembayan")
    assert post.lead_photo.post == post
    assert post.revisions.get().facts == post.facts
    assert CountChange.objects.exists()
    assert post in Post.objects.published()
    assert "Posyandu ramai" in client.get(post.get_absolute_url()).text
    hidden = Post.objects.get(title="Yang disembunyikan")
    assert client.get(hidden.get_absolute_url()).status_code in (404, 410)
    assert post.get_absolute_url() in client.get("/cari/", {"q": "posyandu"}).text
    assert "Posyandu ramai" in client.get(post.community.get_absolute_url()).text


def test_what_stands_in_the_way_is_said_by_row_and_nothing_changes(folder, elsewhere):
    call_command("import_region", folder)
    Post.objects.filter(title="Posyandu ramai di Jembayan").update(title="Judul lain")
    number = AuditEntry.objects.count()

    with pytest.raises(CommandError, match=r"sudah mempunyai.*Judul lain"):
        call_command("import_region", folder)

    assert AuditEntry.objects.count() == number


def test_where_both_have_some_the_kim_are_named_first(folder, elsewhere):
    call_command("import_region", folder)
    Community.objects.filter(name="KIM Mekar").update(about="Lain.")

    with pytest.raises(CommandError, match=r"sudah mempunyai: KIM “KIM Mekar” \(kim-1\); KIM “KIM Lama”"):
        call_command("import_region", folder)


def test_an_account_that_is_there_is_taken_for_the_same_only_when_told(folder, elsewhere):
    email = json.loads((folder / SIDES / "accounts.user.jsonl").read_text().splitlines()[0])["email"]
    known = User.objects.create_user(email, name="Sudah ada")

    with pytest.raises(CommandError, match=rf"sudah terdaftar.*{email}"):
        call_command("import_region", folder)
    assert not Post.objects.exists()
    call_command("import_region", folder, match_accounts=True)

    known.refresh_from_db()
    assert known.name == "Sudah ada"


def test_rules_of_the_country_are_those_of_the_other_portal_when_they_say_the_same(folder, elsewhere, make_rules):
    rules = make_rules(region=None)

    call_command("import_region", folder)
    call_command("import_region", folder)

    assert Cycle.objects.get().rule_set == rules
    assert rules.indicators.count() == 3


def test_rules_of_the_country_that_say_something_else_stand_in_the_way(folder, elsewhere, make_rules):
    make_rules([("anggota", "anggota", 100, 20)], region=None)

    with pytest.raises(CommandError, match=r"isinya lain di portal ini: .*“Publikasi” \(publikasi\)"):
        call_command("import_region", folder)

    assert not Cycle.objects.exists()


def test_a_changed_byte_and_one_that_is_broken_off_leave_nothing(folder, elsewhere, monkeypatch, settings):
    def interrupted(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bringing, "go_on_from", interrupted)
        with pytest.raises(KeyboardInterrupt):
            call_command("import_region", folder)
    path = folder / SIDES / "activities.post.jsonl"
    path.write_text(path.read_text().replace("ramai", "rumai"))
    with pytest.raises(CommandError, match="nothing is done"):
        call_command("import_region", folder)

    assert not Community.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_what_was_killed_in_the_middle_of_a_file_begins_again(folder, elsewhere, settings):
    names = [path.removeprefix("media/") for path, _digest in listed(folder) if path.startswith("media/")]
    for name, share in zip(names, (0, 3, 10_000), strict=False):  # empty, by half, whole
        default_storage.save(name, ContentFile((folder / "media" / name).read_bytes()[:share]))

    call_command("import_region", folder)

    assert Community.objects.exists()
    for name in names:
        assert (settings.MEDIA_ROOT / name).read_bytes() == (folder / "media" / name).read_bytes()


def test_another_file_of_the_same_name_stands_in_the_way(folder, elsewhere, settings):
    name = next(path for path, _digest in listed(folder) if path.startswith("media/")).removeprefix("media/")
    default_storage.save(name, ContentFile(b"Milik portal ini."))

    with pytest.raises(CommandError, match="sudah ada dengan isi lain"):
        call_command("import_region", folder)

    assert (settings.MEDIA_ROOT / name).read_bytes() == b"Milik portal ini."


def test_a_kim_alone_goes_along(folder, elsewhere, tmp_path):
    call_command("import_region", folder)
    mekar = Community.objects.get(name="KIM Mekar")

    call_command("export_region", tmp_path / "kim", kim=mekar.slug)

    lines = (tmp_path / "kim" / SIDES / "communities.community.jsonl").read_text().splitlines()
    assert [json.loads(line)["slug"] for line in lines] == [mekar.slug]


def test_what_cannot_be_exported_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"no region 99\.99"):
        call_command("export_region", "99.99", tmp_path / "none")
    with pytest.raises(CommandError, match="no KIM tiada"):
        call_command("export_region", tmp_path / "none", kim="tiada")


@pytest.mark.django_db(transaction=True)
def test_an_export_is_of_one_moment_of_its_own(mekar, tmp_path):
    call_command("export_region", "64.02", tmp_path / "whole")

    told = json.loads((tmp_path / "whole" / "manifest.json").read_text())
    assert told["tables"]["communities.community"]["rows"] == 1
    assert not (tmp_path / "whole.part").exists()
