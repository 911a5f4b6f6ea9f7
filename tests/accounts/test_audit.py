"""Who changed what, when and why: kept by the database, and by nobody changed."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit import with_reason
from accounts.models import AuditEntry
from activities.models import Post
from communities.models import Community, Membership

pytestmark = pytest.mark.django_db


def last_entry(row):
    return AuditEntry.objects.about(row).first()


def test_a_new_row_leaves_what_it_was(mekar):
    entry = last_entry(mekar)

    assert entry.deed == "INSERT"
    assert entry.before is None
    assert entry.after["name"] == "KIM Mekar"
    assert entry.region == mekar.seat
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


def test_a_deleted_row_is_kept_in_the_trail(mekar, joko):
    member = Membership.objects.create(community=mekar, user=joko, name="Joko")
    key = member.pk
    member.delete()

    entry = AuditEntry.objects.get(model="communities.membership", object_id=key, deed="DELETE")
    assert entry.before["user_id"] == joko.pk
    assert entry.after is None


def test_members_offices_and_duties_are_told_with_their_region(mekar, made, places):
    member, chair = mekar.memberships.get(), mekar.positions.get()

    assert last_entry(member).region == last_entry(chair).region == mekar.seat
    assert last_entry(made.assignments.get()).region == places["64.02"]


def test_a_draft_is_nobodys_business_until_it_is_sent(make_post, siti):
    draft = make_post("Rahasia dapur", status="draft")
    Post.objects.filter(pk=draft.pk).update(body="Belum siap.")
    assert last_entry(draft) is None

    draft.send_in(by=siti)

    entry = AuditEntry.objects.about(draft).order_by("pk").first()
    assert (entry.deed, entry.before) == ("INSERT", None)
    assert entry.after["status"] == "submitted"
    assert "search" not in entry.after


def test_of_the_words_of_a_post_the_trail_tells_only_that_they_changed(make_post):
    post = make_post("Rahasia dapur", body="NIK 6402024108900001", public_contact="0812-3456-7890")
    Post.objects.filter(pk=post.pk).update(body="Panen padi.")

    told = [f"{entry.before}{entry.after}" for entry in AuditEntry.objects.about(post)]
    assert "body" in told[-1]
    assert not [said for said in ("Rahasia", "6402", "Panen", "0812") if said in "".join(told)]


def test_what_officers_do_to_a_post_is_told_step_by_step(make_post, made):
    post = make_post(status="submitted")
    post.publish(by=made)
    post.hide(by=made, reason="other", note="Menunggu klarifikasi.")

    changes = [entry.after["status"] for entry in AuditEntry.objects.about(post).order_by("pk")]
    assert changes == ["submitted", "published", "hidden"]


def test_the_trail_names_people_by_key_and_never_by_name(siti, mekar):
    siti.name, siti.email = "Siti A.", "baru@contoh.id"
    siti.set_password("rahasia-lain")
    siti.save()
    Community.objects.filter(pk=mekar.pk).update(contact_phone="0812 3456 7890")

    assert last_entry(siti).after.keys() == {"name", "email", "password"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(accounts_auditentry::text, ' ') FROM accounts_auditentry")
        [everything] = cursor.fetchone()
    for secret in ("Siti", "@contoh.id", "md5$", "0812"):
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
@pytest.mark.owner
def test_nobody_changes_or_deletes_the_trail(mekar, statement):
    before = list(AuditEntry.objects.values())

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(AuditEntry.objects.values()) == before


def test_the_trail_looks_at_who_asks_it_to_look_away(mekar):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) FROM pg_trigger")
        cursor.execute("UPDATE communities_community SET name = 'KIM Mekar Sari' WHERE id = %s", [mekar.pk])

    assert last_entry(mekar).after["name"] == "KIM Mekar Sari"


def test_a_bulk_load_leaves_an_entry_for_each_row_and_costs_no_query_of_its_own(
    mekar, siti, sector, django_assert_max_num_queries
):
    posts = [
        Post(community=mekar, author=siti, sector=sector, title=f"Kegiatan {number}", body="Isi.", status="submitted")
        for number in range(30)
    ]
    for post in posts:
        post.place_at(mekar.seat)

    with django_assert_max_num_queries(3):
        Post.objects.bulk_create(posts)

    assert AuditEntry.objects.filter(model="activities.post").count() == 30


def test_what_a_request_writes_bears_the_name_of_who_sent_it(client, siti):
    siti.confirm_email()
    client.force_login(siti)
    new = {"oldpassword": "rahasia-sekali-2026", "password1": "sawah-hijau-7", "password2": "sawah-hijau-7"}
    client.post(reverse("account_reauthenticate"), {"password": new["oldpassword"]})
    client.post(reverse("account_change_password"), new)

    entry = last_entry(siti)
    assert (entry.by, entry.role, entry.by_region) == (siti, "resident", None)
    assert entry.after == {"password": "•••"}


def test_what_a_stranger_writes_bears_nobodys_name(client):
    client.post(reverse("account_signup"), {"name": "Rina", "email": "rina@contoh.id", "password1": "panen-raya-2026"})

    entry = AuditEntry.objects.get(model="accounts.user")
    assert (entry.by, entry.role) == (None, "visitor")
