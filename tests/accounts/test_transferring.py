"""Mutasi: an officer's duty ends here and begins there by one deed of whoever appoints in both."""

from datetime import timedelta

import pytest
from conftest import make_officer
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Notice, OfficerAssignment
from regions.finding import key_of
from regions.models import Region
from regions.templatetags.places import place_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def wulan(client, places, with_second_factor):
    """The browser of the officer of the province."""
    client.force_login(with_second_factor(make_officer("Wulan", places["64"])))
    return client


def address(assignment):
    return reverse("admin:accounts_officerassignment_deed", args=[assignment.pk, "mutasi"])


def facts(region, **changes):
    today = timezone.localdate().isoformat()
    return {"to": region.pk, "starts_on": today, "letter_number": "8/2026", "duties": ["verification"]} | changes


def test_the_old_duty_ends_on_the_day_on_which_the_new_begins(wulan, made, places):
    old = made.assignments.get()

    answer = wulan.post(address(old), facts(places["64.71"]), follow=True)

    old.refresh_from_db()
    new = made.assignments.exclude(pk=old.pk).get()
    assert answer.status_code == 200
    assert (new.region, new.starts_on, new.duties) == (places["64.71"], old.ends_on, ["verification"])
    assert "Balikpapan" in Notice.objects.filter(user=made).first().title
    assert {AuditEntry.objects.about(row).first().reason for row in (old, new)} == {
        "Mutasi ke Kota Balikpapan, surat tugas 8/2026."
    }


def test_a_later_day_leaves_the_duty_until_then(wulan, made, places):
    old, later = made.assignments.get(), timezone.localdate() + timedelta(days=30)

    wulan.post(address(old), facts(places["64.71"], starts_on=later.isoformat()))

    assert [duty.region for duty in made.assignments.current()] == [places["64.02"]]
    assert [duty.region for duty in made.assignments.current(on=later)] == [places["64.71"]]
    told = Notice.objects.filter(user=made).first()
    assert told.title == f"Mulai {place_date(later)} Anda bertugas di Kota Balikpapan"
    assert "Sejak hari itu" in told.text


def test_a_day_before_the_duty_began_is_refused_in_words(wulan, made, places):
    answer = wulan.post(address(made.assignments.get()), facts(places["64.71"], starts_on="1999-01-01"))

    assert "mendahului hari pertama" in answer.text
    assert made.assignments.get().ends_on is None


@pytest.mark.parametrize("changes", [{"starts_on": "besok"}, {"letter_number": ""}, {"duties": []}, {"to": ""}])
def test_what_is_not_right_is_told_beside_its_field_and_changes_nothing(wulan, made, places, changes):
    answer = wulan.post(address(made.assignments.get()), facts(places["64.71"], **changes))

    assert answer.context["form"].errors.keys() == changes.keys()
    assert made.assignments.get().ends_on is None


def test_where_the_officer_does_not_appoint_nothing_ends(wulan, made, places):
    old = made.assignments.get()

    answer = wulan.post(address(old), facts(places["64.02.02"]))

    old.refresh_from_db()
    assert "satu tingkat di bawah" in answer.text
    assert (old.ends_on, made.assignments.count()) == (None, 1)


def test_a_duty_that_is_over_is_not_moved(wulan, made, places):
    made.assignments.update(ends_on=timezone.localdate())
    old = made.assignments.get()

    answer = wulan.post(address(old), facts(places["64.71"]))

    assert answer.status_code == 409
    assert "sudah berakhir" in answer.text
    assert made.assignments.count() == 1


def test_the_list_leads_to_it(wulan, made):
    assert address(made.assignments.get()) in wulan.get("/petugas/accounts/officerassignment/").text


def test_the_list_offers_it_where_it_may_be_done(wulan, made):
    own = OfficerAssignment.objects.get(region__code="64")
    listed = wulan.get(reverse("admin:accounts_officerassignment_changelist")).text

    assert address(made.assignments.get()) in listed
    assert address(own) not in listed
    assert address(own) not in wulan.get(own.desk_path).text


def test_the_likeliest_region_is_offered_first(wulan, places):
    name = "Hulu Balikpapan"
    Region.objects.filter(code="64.02.02").update(
        name=name, search_name=name.lower(), search_text=name.lower(), names=[key_of(name)]
    )
    query = {"app_label": "accounts", "model_name": "officerassignment", "field_name": "region", "term": "balikpapan"}

    offered = wulan.get(reverse("admin:autocomplete"), query).json()["results"]

    texts = [row["text"] for row in offered]
    assert texts[0].startswith("Kota Balikpapan")
    assert any(text.startswith("Kecamatan Hulu Balikpapan") for text in texts)
