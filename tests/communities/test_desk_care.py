"""The officers' desk against prying, double clicks and two people at once."""

import re
from html import unescape

import pytest
from django.urls import reverse

from aspirations.models import Agency
from communities.models import CoachingEvent, Decree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    ["password__startswith=argon2", "password__regex=a", "last_login__isnull=0", "name__regex=(",
     "is_superuser__exact=1", "joined_at__year=99999999999", "officer_assignments__letter_number=8"],
)  # fmt: skip
def test_no_address_asks_what_no_filter_offers(desk, query):
    answer = desk.get(f"{reverse('admin:accounts_user_changelist')}?{query}")

    assert answer.status_code == 400


def test_the_filters_of_the_page_still_work(desk):
    assert desk.get(f"{reverse('admin:accounts_user_changelist')}?is_active__exact=1").status_code == 200
    assert desk.get(f"{reverse('admin:communities_community_changelist')}?status__exact=verified").status_code == 200


def test_a_mass_action_on_something_that_is_no_key_is_refused(desk):
    answer = desk.post(
        reverse("admin:accounts_officerassignment_changelist"), {"action": "end", "_selected_action": "abc"}
    )

    assert answer.status_code == 400


def test_a_double_click_adds_one_decree(desk, places):
    form = {
        "number": "7/SK/2026", "issued_on": "2026-01-05", "issuer": "village_head", "issuer_name": "",
        "region": places["64.02.02.2003"].pk, "starts_on": "2026-01-05", "ends_on": "", "csrfmiddlewaretoken": "x" * 64,
    }  # fmt: skip
    answers = [desk.post(reverse("admin:communities_decree_add"), form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Decree.objects.filter(number="7/SK/2026").count() == 1


def test_what_was_changed_on_the_page_that_was_saved_is_saved_too(desk, places):
    form = {"region": places["64.02"].pk, "name": "Dinas Sosial", "email": "dinsos@contoh.id", "is_active": "on"}
    url = reverse("admin:aspirations_agency_add")
    for name in ("Dinas Sosial", "Dinas Kesehatan"):
        desk.post(url, form | {"name": name, "csrfmiddlewaretoken": "x" * 64})

    assert [agency.name for agency in Agency.objects.all()] == ["Dinas Kesehatan", "Dinas Sosial"]


def test_what_was_refused_and_mended_may_be_sent_again(desk, places):
    form = {"number": "", "region": places["64.02.02.2003"].pk, "csrfmiddlewaretoken": "x" * 64}
    address = reverse("admin:communities_decree_add")
    desk.post(address, form)

    form |= {"number": "8/SK/2026", "issued_on": "2026-01-05", "issuer": "village_head", "starts_on": "2026-01-05"}
    desk.post(address, form)

    assert Decree.objects.filter(number="8/SK/2026").exists()


def test_nobody_writes_over_what_another_saved_meanwhile(desk, mekar):
    address = reverse("admin:communities_community_change", args=[mekar.pk])
    opened = mekar.updated_at.isoformat()
    mekar.address = "Jalan Melati 1"
    mekar.save()

    answer = desk.post(address, form_of(desk.get(address)) | {"address": "Jalan Mawar 9", "_version": opened})

    mekar.refresh_from_db()
    assert mekar.address == "Jalan Melati 1"
    assert "diubah dari halaman lain" in answer.content.decode()


def test_nor_where_the_row_does_not_tell_when_it_was_changed(desk, places):
    agency = Agency.objects.create(name="Dinas Sosial", region=places["64.02"], email="dinsos@example.id")
    address = reverse("admin:aspirations_agency_change", args=[agency.pk])
    page = desk.get(address)
    opened = re.search(r'name="_version" value="(\w+)"', page.text)[1]
    agency.name = "Dinas Sosial dan Tenaga Kerja"
    agency.save()

    answer = desk.post(address, form_of(page) | {"name": "Dinsos", "_version": opened})
    now = re.search(r'name="_version" value="(\w+)"', answer.text)[1]
    assert "diubah dari halaman lain" in answer.text
    assert Agency.objects.get().name == "Dinas Sosial dan Tenaga Kerja"
    differing = answer.context["adminform"].form.differences
    assert differing == [{"label": "Nama OPD", "here": "Dinsos", "there": "Dinas Sosial dan Tenaga Kerja"}]
    assert "<dd>Dinas Sosial dan Tenaga Kerja</dd>" in answer.text
    assert "<dd>Dinsos</dd>" in answer.text

    desk.post(address, form_of(page) | {"name": "Dinsos", "_version": now})
    assert Agency.objects.get().name == "Dinsos"


def test_nor_over_what_another_chose_among_rows(desk, mekar, made, make_community):
    event = CoachingEvent.objects.create(
        region=mekar.seat.regency, held_on="2026-01-05", title="Pelatihan", recorded_by=made
    )
    event.communities.add(mekar)
    address = reverse("admin:communities_coachingevent_change", args=[event.pk])
    opened = re.search(r'name="_version" value="(\w+)"', desk.get(address).text)[1]
    event.communities.add(make_community("KIM Melati"))

    answer = desk.post(address, {"title": "Pelatihan", "communities": [mekar.pk], "_version": opened})

    assert "diubah dari halaman lain" in answer.text
    assert event.communities.count() == 2
    chosen = next(row for row in answer.context["adminform"].form.differences if "KIM" in row["there"])
    assert "KIM Melati" in chosen["there"]
    assert "KIM Melati" not in chosen["here"]


def test_beside_a_decree_typed_stands_what_the_other_page_stored(desk, make_decree, places):
    decree = make_decree()
    address = reverse("admin:communities_decree_change", args=[decree.pk])
    page = desk.get(address)
    opened = page.context["adminform"].form.version
    desk.post(address, form_of(page) | {"number": "9/SK/2026", "reason": "Salah ketik."})
    village = decree.region.pk
    typed = {"number": "7/SK/2026", "region": places["64.02"].pk, "reason": "Menurut surat.", "_version": opened}

    answer = desk.post(address, form_of(page) | typed)

    decree.refresh_from_db()
    assert (decree.number, decree.region_id) == ("9/SK/2026", village)
    differing = {row["label"]: (row["here"], row["there"]) for row in answer.context["adminform"].form.differences}
    assert ("7/SK/2026", "9/SK/2026") in differing.values()
    assert len(differing) == 2, "neither the reason nor what is only asked"
    assert not any(text.isdecimal() for pair in differing.values() for text in pair), "places by their names"


def test_marks_that_are_copied_along_are_no_fault(desk, mekar):
    address = reverse("admin:communities_community_change", args=[mekar.pk])

    desk.post(
        address, form_of(desk.get(address)) | {"name": "\u200eKIM Mekar Jaya\ufeff", "reason": "\u2068Ejaan\u2069"}
    )

    mekar.refresh_from_db()
    assert mekar.name == "KIM Mekar Jaya"


@pytest.mark.parametrize("name", ["KIM \x0bMekar", "KIM \u202eMekar", "KIM <b>Mekar</b>"])
def test_a_name_is_made_of_letters_that_show(desk, mekar, name):
    address = reverse("admin:communities_community_change", args=[mekar.pk])

    answer = desk.post(address, form_of(desk.get(address)) | {"name": name})

    mekar.refresh_from_db()
    assert mekar.name == "KIM Mekar"
    assert "huruf biasa" in answer.content.decode()


def form_of(page):
    """What the page would send back, untouched."""
    form = page.context["adminform"].form
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: [row.pk for row in value] if name == "sectors" else value for name, value in sent.items()}
    for formset in page.context["inline_admin_formsets"]:
        sent |= {f"{formset.formset.prefix}-TOTAL_FORMS": 0, f"{formset.formset.prefix}-INITIAL_FORMS": 0}
    return {name: "" if value is None else value for name, value in sent.items()}


@pytest.mark.parametrize("typed", ["abc", "1,2", "a\x00b", "9" * 40, "²"])
def test_what_nobody_could_have_chosen_is_refused_beside_its_field(desk, mekar, typed):
    """Fields that find a row by typing: of one row, of several, and of a deed."""
    decree = desk.post(reverse("admin:communities_decree_add"), {"number": "7/SK/2026", "region": typed})
    coaching = desk.post(reverse("admin:communities_coachingevent_add"), {"region": typed, "communities": [typed]})
    merging = desk.post(
        reverse("admin:communities_community_deed", args=[mekar.pk, "gabungkan"]), {"target": typed, "note": "sama"}
    )

    for answer in (decree, coaching, merging):
        assert answer.status_code == 200
        assert "errorlist" in answer.text
    assert 'value="7/SK/2026"' in decree.text


def test_the_desk_says_everything_in_indonesian(desk, mekar):
    page = desk.get(reverse("admin:communities_community_changelist")).text

    assert "– Pilih –" in page
    assert "Jalankan" in page
    assert "Select an option" not in page


def test_coaching_is_read_year_by_year_and_month_by_month_as_its_list_offers(desk, mekar, made):
    for day in ("2025-11-05", "2026-01-05", "2026-02-05"):
        CoachingEvent.objects.create(
            region=mekar.seat.regency, held_on=day, title=f"Pelatihan {day}", kind="pelatihan", recorded_by=made
        )
    address = reverse("admin:communities_coachingevent_changelist")

    def offered(page):
        return re.findall(r'href="(\?held_on__[^"]+)"', page)

    (year,) = [link for link in offered(desk.get(address).text) if link.endswith("2026")]
    page = desk.get(address + year)
    assert "Pelatihan 2026-01-05" in page.text
    assert "Pelatihan 2025-11-05" not in page.text
    page = desk.get(address + unescape(next(link for link in offered(page.text) if "month=2" in link)))
    assert "Pelatihan 2026-02-05" in page.text
    assert "Pelatihan 2026-01-05" not in page.text


@pytest.mark.parametrize(
    "params",
    [{"year": "0"}, {"year": "abc"}, {"year": "2026", "month": "13"}, {"year": "2026", "month": "2", "day": "31"}],
)
def test_a_day_that_no_calendar_has_narrows_no_list_of_coaching(desk, params):
    query = {f"held_on__{part}": number for part, number in params.items()}

    page = desk.get(reverse("admin:communities_coachingevent_changelist"), query, follow=True)

    assert "Saringan tadi tidak terbaca, jadi semua ditampilkan." in page.text
