"""Who changed what, when and why: kept by the database, and by nobody changed."""

import time

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.audit import with_reason
from accounts.models import AuditEntry, OfficerAssignment, User
from activities.models import Post
from communities.models import Community, Field, Membership, PartnerKind, Position
from regions.models import Region

pytestmark = pytest.mark.django_db


def make_region(code, name, level, kind, parent=None):
    region = Region.objects.create(
        code=code,
        name=name,
        slug=name.lower().replace(" ", "-"),
        level=level,
        kind=kind,
        local_term=kind,
        parent=parent,
    )
    for column in ("province", "regency", "district"):
        setattr(region, column, getattr(parent, column, None))
    if level in (1, 2, 3):
        setattr(region, region.column, region)
    region.save()
    return region


@pytest.fixture
def village():
    nation = make_region("0", "Indonesia", 0, "negara")
    province = make_region("64", "Kalimantan Timur", 1, "provinsi", nation)
    regency = make_region("64.02", "Kutai Kartanegara", 2, "kabupaten", province)
    district = make_region("64.02.06", "Loa Kulu", 3, "kecamatan", regency)
    return make_region("64.02.06.2001", "Jembayan", 4, "desa", district)


@pytest.fixture
def siti():
    return User.objects.create_user("siti@kim.example", name="Siti Aminah")


@pytest.fixture
def made(village):
    user = User.objects.create_user("made@kukar.example", name="Made Wirawan")
    OfficerAssignment.objects.create(user=user, region=village.regency, letter_number="1")
    user.authenticator_set.create(type="totp", data={"secret": ""})
    return user


@pytest.fixture
def mekar(village):
    return Community.objects.create(
        name="KIM Mekar", slug="kim-mekar", seat=village, partner_kind=PartnerKind.objects.get(slug="kim")
    )


def last_entry(row):
    return AuditEntry.objects.about(row).first()


def test_a_new_row_leaves_what_it_was(mekar, village):
    entry = last_entry(mekar)

    assert entry.deed == "INSERT"
    assert entry.before is None
    assert entry.after["name"] == "KIM Mekar"
    assert entry.region == village
    assert entry.get_role_display() == "sistem"


def test_a_change_leaves_only_what_changed_before_and_after(mekar):
    Community.objects.filter(pk=mekar.pk).update(name="KIM Mekar Jaya")

    entry = last_entry(mekar)
    assert (entry.deed, entry.before, entry.after) == ("UPDATE", {"name": "KIM Mekar"}, {"name": "KIM Mekar Jaya"})


def test_a_save_that_changes_nothing_leaves_no_trace(mekar):
    entries = AuditEntry.objects.about(mekar).count()

    mekar.save()
    Community.objects.filter(pk=mekar.pk).update(post_count=7, last_post_at=timezone.now())

    assert AuditEntry.objects.about(mekar).count() == entries


def test_sql_by_hand_leaves_a_trace_too(mekar):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE communities_community SET name = 'Diam-diam' WHERE id = %s", [mekar.pk])

    assert last_entry(mekar).after == {"name": "Diam-diam"}


def test_a_deleted_row_is_kept_in_the_trail(mekar, siti):
    member = Membership.objects.create(community=mekar, user=siti, name="Siti Aminah")
    key = member.pk
    member.delete()

    entry = AuditEntry.objects.get(model="communities.membership", object_id=key, deed="DELETE")
    assert entry.before["user_id"] == siti.pk
    assert entry.after is None


def test_members_offices_and_duties_are_told_with_their_region(mekar, siti, made, village):
    member = Membership.objects.create(community=mekar, user=siti, name="Siti Aminah")
    chair = Position.objects.create(community=mekar, membership=member, role=Position.Role.KETUA)

    assert last_entry(member).region == last_entry(chair).region == village
    assert last_entry(made.assignments.get()).region == village.regency


def test_a_post_is_told_without_what_is_computed(mekar, siti, village):
    post = Post.objects.create(
        community=mekar, author=siti, field=Field.objects.first(), title="Panen raya", body="Isi", place=village
    )
    post.submit(by=siti)

    inserted, submitted = AuditEntry.objects.about(post).order_by("pk")
    assert inserted.after["title"] == "Panen raya"
    assert "search" not in inserted.after
    assert (submitted.before, submitted.after) == ({"status": "draft"}, {"status": "submitted"})


def test_the_trail_names_people_by_key_and_never_by_name(siti, mekar):
    siti.name, siti.email = "Siti A.", "baru@kim.example"
    siti.set_password("rahasia-sekali")
    siti.save()
    Membership.objects.create(community=mekar, user=siti, name="Siti Aminah")
    Community.objects.filter(pk=mekar.pk).update(contact_phone="0812 3456 7890")

    assert last_entry(siti).after.keys() == {"name", "email", "password"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(accounts_auditentry::text, ' ') FROM accounts_auditentry")
        [everything] = cursor.fetchone()
    for secret in ("Siti", "@kim.example", "argon2", "0812"):
        assert secret not in everything


def test_a_reason_explains_what_is_done_inside_it_and_nothing_after(mekar):
    with with_reason("Nama diralat sesuai SK."):
        Community.objects.filter(pk=mekar.pk).update(name="KIM Mekar Sari")
    explained = last_entry(mekar)
    with with_reason(""):
        Community.objects.filter(pk=mekar.pk).update(name="KIM Mekar")

    assert explained.reason == "Nama diralat sesuai SK."
    assert last_entry(mekar).reason == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET reason = 'lain'",
        "DELETE FROM accounts_auditentry",
        "SELECT set_config('pgtrigger.ignore', '{audit_is_append_only}', true); DELETE FROM accounts_auditentry",
    ],
)
def test_nobody_changes_or_deletes_the_trail(mekar, statement):
    before = list(AuditEntry.objects.values())

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(AuditEntry.objects.values()) == before


def test_a_bulk_load_of_posts_stays_quick(mekar, siti, village):
    field = Field.objects.first()
    posts = [
        Post(
            community=mekar,
            author=siti,
            field=field,
            title=f"Kegiatan {number}",
            body="Isi kegiatan. " * 50,
            place=village,
        )
        for number in range(3000)
    ]
    for post in posts:
        post.place_at(village)
    started = time.monotonic()
    Post.objects.bulk_create(posts)

    assert time.monotonic() - started < 10
    assert AuditEntry.objects.filter(model="activities.post").count() == 3000
