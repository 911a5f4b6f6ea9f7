"""Of two days the last is not before the first: said beside it, wherever two are asked for, and nothing is lost."""

from datetime import date

import pytest
from django import forms
from django.urls import reverse

from communities.models import Decree
from pages.spans import SPANS, InOrder

pytestmark = pytest.mark.django_db

BEFORE = "Tanggal ini lebih awal daripada tanggal mulainya."


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_the_last_day_may_be_the_first_and_not_the_one_before(first, last):
    kind = type("Form", (InOrder, forms.Form), {first: forms.DateField(required=False), last: forms.DateField()})

    assert kind({first: "2026-08-17", last: "2026-08-17"}).is_valid()
    assert kind({first: "", last: "2026-08-16"}).is_valid()
    assert list(kind({first: "2026-08-17", last: "2026-08-16"}).errors) == [last]


@pytest.mark.parametrize("address", ["/kegiatan/", "/en/kegiatan/"])
def test_a_list_asks_instead_of_showing_nothing(client, make_post, address):
    post = make_post("Posyandu")

    page = client.get(address, {"sejak": "2026-08-17", "sampai": "2026-08-16"})

    assert list(page.context["filter"].form.errors) == ["sampai"]
    assert 'aria-describedby="id_sampai_error"' in page.text
    assert 'value="2026-08-16"' in page.text
    assert post.title not in page.text


def test_so_does_a_search_and_no_feed_tells_of_it(client, make_post):
    make_post("Posyandu")
    asked = {"q": "posyandu", "sejak": "2026-08-17", "sampai": "2026-08-16"}

    assert BEFORE in client.get("/cari/", asked).text
    assert "Posyandu" not in client.get("/feed/", asked).text


def test_a_list_of_the_desk_says_it(desk, made):
    page = desk.get(reverse("admin:accounts_auditentry_changelist"), {"dari": "2026-08-17", "sampai": "2026-08-16"})

    assert BEFORE in page.text


def test_no_file_is_made_of_days_that_are_asked_about(desk):
    address = reverse("admin:accounts_auditentry_export_csv", query={"dari": "2026-08-17", "sampai": "2026-08-16"})

    answer = desk.post(address, follow=True)

    assert "Perbaiki dahulu hari yang ditandai" in answer.text
    assert BEFORE in answer.text


def test_a_decree_and_a_duty_are_told_beside_their_day(desk, places):
    decree = {"number": "7/SK/2026", "issued_on": "2026-01-05", "issuer": "village_head", "starts_on": "2026-01-05"}
    place = {"region": places["64.02.02.2003"].pk}
    answer = desk.post(reverse("admin:communities_decree_add"), decree | place | {"ends_on": "2026-01-04"})
    assert list(answer.context["adminform"].form.errors) == ["ends_on"]
    assert not Decree.objects.exists()

    duty = {"user": "x@example.id", "region": places["64.02"].pk, "starts_on": "2026-01-05", "ends_on": "2026-01-04"}
    answer = desk.post(reverse("admin:accounts_officerassignment_add"), duty)
    if answer.status_code == 200:
        assert "ends_on" in answer.context["adminform"].form.errors


def test_what_a_row_begins_with_counts_where_only_its_end_is_asked():
    class EndForm(InOrder, forms.Form):
        ends_on = forms.DateField()
        instance = type("Row", (), {"starts_on": date(2026, 8, 17)})

    assert not EndForm({"ends_on": "2026-08-16"}).is_valid()
    assert EndForm({"ends_on": "2026-08-17"}).is_valid()
