"""What is kept is forgotten after its term, which the ministry sees and changes within bounds."""

from datetime import timedelta

import pytest
from conftest import make_officer
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Dispatch, Notice, RetentionTerm
from accounts.retention import Kept, over
from accounts.tasks import forget_what_is_over

pytestmark = pytest.mark.django_db


def days_ago(rows, column, days):
    rows.update(**{column: timezone.now() - timedelta(days=days)})


def numbers():
    return {str(kept): rows.count() for kept, _days, rows in over()}


@pytest.fixture
def ministry(client, places, with_second_factor):
    client.force_login(with_second_factor(make_officer("Dewi", places["0"])))
    return client


def change(client, word, **facts):
    term = RetentionTerm.objects.get(word=word)
    return client.post(reverse("admin:accounts_retentionterm_change", args=[term.pk]), facts, follow=True)


def test_each_kind_that_the_portal_decides_has_a_row_within_its_bounds():
    rows = dict(RetentionTerm.objects.values_list("word", "days"))
    decided = {str(kept): kept for kept in Kept.known.values() if not kept.setting}

    assert rows == {word: kept.days for word, kept in decided.items()}
    assert all(kept.least <= kept.days <= kept.most for kept in decided.values())


def test_what_is_older_than_its_term_goes_and_the_rest_stays(siti, joko):
    for person, days in ((siti, 731), (joko, 729)):
        Notice.objects.tell([person], "membership", "Halo")
        days_ago(Notice.objects.filter(user=person), "created_at", days)
        Dispatch.objects.write_to(person.email, "Halo", "")
    days_ago(Dispatch.objects.filter(address=siti.email), "created_at", 31)

    forget_what_is_over.call()
    forget_what_is_over.call()

    assert [notice.user for notice in Notice.objects.all()] == [joko]
    assert set(Dispatch.objects.values_list("address", flat=True)) == {joko.email}


def test_one_reads_first_what_would_be_forgotten(capsys, siti, make_aspiration, made, settings):
    Notice.objects.tell([siti], "membership", "Halo")
    days_ago(Notice.objects.all(), "created_at", 800)
    settings.ASPIRATIONS_FORGET_DAYS = 30
    row = make_aspiration()
    row.reject(by=made, note="Bukan wewenang.")
    days_ago(type(row).objects.all(), "closed_at", 31)

    call_command("retention", "--dry-run")

    told = {line.split()[0]: line.split()[1:4] for line in capsys.readouterr().out.splitlines()}
    assert told["kabar"] == ["730", "days", "1"]
    assert told["pengirim-usulan"] == ["30", "days", "1"]
    assert Notice.objects.filter(user=siti).exists()
    call_command("retention")
    assert set(numbers().values()) == {0}


def test_the_ministry_changes_a_term_with_a_reason(ministry, siti):
    Notice.objects.tell([siti], "membership", "Halo")
    days_ago(Notice.objects.all(), "created_at", 100)
    assert numbers()["kabar"] == 0

    page = ministry.get(reverse("admin:accounts_retentionterm_changelist"))
    change(ministry, "kabar", days=90, reason="Cukup tiga bulan.")

    assert "kabar di ruang orang" in page.text
    assert "90–1825 hari" in page.text
    assert numbers()["kabar"] == 1
    entry = AuditEntry.objects.filter(model="accounts.retentionterm").first()
    assert (entry.before, entry.after, entry.reason) == ({"days": 730}, {"days": 90}, "Cukup tiga bulan.")


@pytest.mark.parametrize("days", ["", "0", "-5", "89", "1826", "9999999999", "setahun", "\x00"])
def test_a_term_beyond_its_bounds_is_refused_beside_its_field(ministry, days):
    answer = change(ministry, "kabar", days=days, reason="Coba.")

    assert "days" in answer.context["adminform"].form.errors
    assert RetentionTerm.objects.get(word="kabar").days == 730


def test_a_number_that_no_column_holds_is_too_large_in_plain_words(ministry):
    answer = change(ministry, "kabar", days="9999999999", reason="Coba.")

    assert answer.context["adminform"].form.errors["days"] == ["Angka ini terlalu besar."]
