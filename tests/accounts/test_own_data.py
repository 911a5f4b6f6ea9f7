"""What the portal knows of a person is theirs to take along: all of it, and nothing of anyone else."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import BinaryField, DurationField
from django.utils import timezone

from accounts import own_data, packing
from accounts.audit import with_reason
from accounts.consents import PURPOSES
from accounts.models import DeskNote, User
from activities.models import Comment, Photo
from alerts.models import Subscriber
from aspirations.models import Support

pytestmark = pytest.mark.django_db

DATA = "/ruang/akun/data/"
# Who did something to what is others', or has it in their keeping: the trail tells each of these deeds.
DEEDS = {
    *["accounts.PendingDecision.by", "accounts.OfficerAssignment.appointed_by", "communities.Step.by"],
    *["accounts.EditionUpload.uploaded_by", "accounts.EditionUpload.approved_by"],
    "accounts.Webhook.created_by",
    "aspirations.Open311Client.created_by",
    "communities.DataCopy.asked_by",
    *["communities.CoachingEvent.recorded_by", "communities.InvitationLink.by", "communities.Material.by"],
    *[f"communities.RosterImport.{deed}_by" for deed in ("uploaded", "approved", "undone")],
    *["communities.Paper.uploaded_by", "communities.Verification.by", "bulletins.Delivery.opened_by"],
    *["bulletins.Attachment.uploaded_by", "bulletins.Question.answered_by", "aspirations.Aspiration.entered_by"],
    *["aspirations.Aspiration.vouched_by", "activities.FlaggedItem.decided_by", "activities.Review.by"],
    *["activities.Appeal.decided_by", "activities.Redissemination.judged_by", "evaluations.RuleSet.created_by"],
    *["evaluations.RuleSetStep.by", "evaluations.Cycle.computed_by", "evaluations.Cycle.created_by"],
    *["evaluations.CycleStep.by", "evaluations.Objection.answered_by", "evaluations.Selection.by"],
    *["evaluations.Selection.decided_by_user", "admin.LogEntry.user"],
}
# For minutes, and worth nothing afterwards.
PASSING = {"accounts.ChatCode.user", "accounts.Reading.by"}


def taken_along(user):
    return ZipFile(io.BytesIO(b"".join(own_data.archive_of(user))))


def read(packed):
    """`{name: rows}` of the JSON files."""
    return {name[:-5]: json.loads(packed.read(name)) for name in packed.namelist() if name.endswith(".json")}


def with_photo(photo):
    default_storage.save(photo.path(photo.LARGE_NAMES[-1]), ContentFile(b"a picture"))
    return photo


def test_every_column_that_names_a_person_is_taken_along_or_is_a_deed():
    told = {f"{rows.model._meta.label}.{path}" for rows in own_data.ROWS for path in rows.by}
    names = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User and not model._meta.proxy
    }

    assert names - told == DEEDS | PASSING


def test_what_one_wrote_and_did_is_there_and_what_others_wrote_is_not(
    joko, mekar, make_post, make_aspiration, siti, places
):
    mekar.memberships.create(user=joko, name="Joko", occupation="petani")
    post = make_post(title="Kerja bakti Joko", author=joko)
    photo = with_photo(Photo.objects.create(post=post, alt="Warga menyapu", width=640, height=400))
    others = make_post(title="Tulisan Siti")
    Comment.objects.say(post=others, author=joko, text="Bagus sekali")
    Comment.objects.say(post=post, author=siti, text="Rahasia Siti")
    wish = make_aspiration(sender=joko, title="Jalan Joko", sender_phone="0877-1111-2222")
    make_aspiration(sender=siti, title="Jalan Siti", sender_phone="0877-3333-4444")
    Support.objects.create(aspiration=wish, user=joko)
    Subscriber.objects.create(user=joko)
    with with_reason("Kata Joko."):
        DeskNote.objects.create(
            table="activities.post", object_id=post.pk, region=places["64.02"], text="Catatan Joko", by=joko
        )

    packed = taken_along(joko)
    told = read(packed)

    assert packed.testzip() is None
    assert [row["email"] for row in told["akun"]] == [joko.email]
    assert [row["name"] for row in told["keanggotaan"]] == ["Joko"]
    assert [(row["title"], row["community__name"]) for row in told["kegiatan"]] == [("Kerja bakti Joko", mekar.name)]
    assert [row["text"] for row in told["komentar"]] == ["Bagus sekali"]
    assert [row["sender_phone"] for row in told["usulan"]] == ["0877-1111-2222"]
    assert [row["text"] for row in told["catatan-meja"]] == ["Catatan Joko"]
    assert len(told["langganan"]) == 1
    assert packed.read(f"kegiatan-foto/{photo.uuid}.webp") == b"a picture"
    everything = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    for secret in ("Rahasia Siti", "Jalan Siti", "0877-3333", siti.email, joko.password, wish.secret):
        assert secret not in everything, secret


def test_an_invitation_and_what_is_followed_by_its_address_are_ones_own(joko, mekar):
    mekar.memberships.create(email=joko.email, name="Pak Joko", status="invited")
    Subscriber.objects.create(email=joko.email)

    told = read(taken_along(joko))

    assert [row["name"] for row in told["keanggotaan"]] == ["Pak Joko"]
    assert len(told["langganan"]) == 1


def test_whoever_has_nothing_gets_empty_lists(joko):
    told = read(taken_along(joko))

    assert told["kegiatan"] == told["usulan"] == []
    assert set(told) == {rows.name for rows in own_data.ROWS} | {"persetujuan"}


def test_a_chair_an_officer_and_an_organiser_of_an_event_take_theirs_along(siti, made, mekar, make_post):
    begins = timezone.now()
    make_post(author=siti, type="agenda", starts_at=begins, ends_at=begins + timedelta(days=2), venue="Balai")

    told = read(taken_along(siti))

    assert [row["role"] for row in told["jabatan"]] == ["ketua"]
    assert len(told["kegiatan"][0]["days"]) == 2
    assert [row["letter_number"] for row in read(taken_along(made))["penugasan"]] != []


@pytest.mark.parametrize("rows", own_data.ROWS, ids=lambda rows: rows.name)
def test_whatever_a_column_holds_can_be_written(rows, joko):
    """Each kind of column that there is, as PostgreSQL hands it over."""
    kinds = {type(field) for field in rows.model._meta.concrete_fields if field.name in rows.columns}

    assert not kinds & {BinaryField, DurationField}
    list(own_data.as_json(rows.of(joko)))


def test_a_photo_of_which_the_storage_lost_a_copy_keeps_nothing_back(joko, make_post):
    post = make_post(author=joko)
    lost, kept = (Photo.objects.create(post=post, alt=alt, width=640, height=400) for alt in ("Satu", "Dua"))
    with_photo(kept)

    packed = taken_along(joko)

    assert f"kegiatan-foto/{kept.uuid}.webp" in packed.namelist()
    assert f"kegiatan-foto/{lost.uuid}.webp" not in packed.namelist()
    assert {row["alt"] for row in read(packed)["kegiatan-foto"]} == {"Satu", "Dua"}


def test_however_much_there_is_it_leaves_in_pieces(joko, make_post):
    make_post(author=joko)
    post = make_post(author=joko)
    photo = Photo.objects.create(post=post, alt="Besar", width=640, height=400)
    default_storage.save(photo.path(photo.LARGE_NAMES[-1]), ContentFile(bytes(1_000_000)))

    assert max(map(len, own_data.archive_of(joko))) < 4 * packing.PIECE


def test_it_is_read_by_whoever_said_the_password_and_told_so(inside, joko):
    page = inside.get(DATA)
    assert "Unduh data saya" in page.text

    answer = inside.post(DATA)

    assert answer["Content-Type"] == "application/zip"
    assert 'filename="data-saya-' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    packed = ZipFile(io.BytesIO(answer.getvalue()))
    assert "Data Anda di Portal KIM" in packed.read(own_data.READ_FIRST).decode()
    assert [row["name"] for row in read(packed)["akun"]] == ["Joko"]
    assert DATA in inside.get("/ruang/akun/").text


def test_whoever_only_found_the_browser_open_is_asked_for_the_password(client, joko):
    client.force_login(joko)

    assert "reauthenticate" in client.post(DATA).url


def test_the_number_of_questions_does_not_grow_with_what_there_is(joko, make_post, django_assert_num_queries):
    def ask():
        with django_assert_num_queries(len(own_data.ROWS) + len(own_data.PHOTOS) + len(PURPOSES)):
            list(own_data.archive_of(joko))

    make_post(author=joko)
    ask()
    for _number in range(3):
        make_post(author=joko)
    ask()
