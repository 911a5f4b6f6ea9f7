"""Half past midnight in Kalimantan Timur, when it is still the evening before in Jakarta: what day people then read."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from conftest import make_officer
from django.conf import settings
from django.core import mail
from django.urls import reverse
from pypdf import PdfReader

from activities.models import Comment, FlaggedItem
from communities.models import Paper
from regions.clocks import how_long, latest_day, today
from regions.models import Region

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
DAY, CLOCK = "1 April 2026", "1 April 2026 pukul 00.30 WITA"
EXPORTED = "2026-04-01 00:30"


@pytest.fixture(autouse=True)
def night(time_machine):
    time_machine.move_to(NIGHT, tick=False)


@pytest.fixture
def kim(mekar, made, siti, make_decree):
    """KIM Mekar, inaugurated this minute, with a paper and a round of checking."""
    mekar.inaugurate(by=made, decree=make_decree())
    Paper.objects.create(community=mekar, kind="minutes", name="x.pdf", size=1, file="x.pdf", uploaded_by=siti)
    mekar.verifications.create(closed_at=NIGHT)
    mekar.confirm(by=made)
    return mekar


@pytest.mark.parametrize(
    ("code", "day"), [("31", date(2026, 3, 31)), ("64", date(2026, 4, 1)), ("91", date(2026, 4, 1))]
)
def test_it_is_the_day_that_it_is_there(code, day):
    assert today(Region(code=code)) == day
    assert (today(), latest_day()) == (date(2026, 3, 31), date(2026, 4, 1))


@pytest.mark.parametrize(
    "name", ["communities_community", "communities_paper", "communities_verification", "communities_certificate"]
)
def test_the_desk_tells_it_by_the_clock_of_the_place_in_lists_pages_and_exports(desk, kim, make_post, name):
    if name == "communities_community":
        kim.last_post_at = NIGHT
        kim.save()

    shown = desk.get(reverse(f"admin:{name}_changelist"))
    row = shown.context["cl"].result_list[0]
    exported = desk.post(reverse(f"admin:{name}_export_csv"))

    assert CLOCK in shown.text
    assert CLOCK in desk.get(reverse(f"admin:{name}_change", args=[row.pk])).text
    assert EXPORTED in exported.getvalue().decode()


def test_whoever_looks_from_afar_reads_the_clock_of_the_place(client, kim, places, with_second_factor):
    client.force_login(with_second_factor(make_officer("Rini", places["0"])))

    assert CLOCK in client.get(reverse("admin:communities_paper_changelist")).text


def test_lists_are_sorted_by_their_moments_and_cost_the_same(
    desk, kim, siti, make_community, django_assert_max_num_queries
):
    for seat in ("64.02.02.2011", "64.02.06"):
        other = make_community(f"KIM {seat}", seat=seat)
        Paper.objects.create(community=other, kind="minutes", name="x.pdf", size=1, file="x.pdf", uploaded_by=siti)

    with django_assert_max_num_queries(12):
        answer = desk.get(f"{reverse('admin:communities_paper_changelist')}?o=-6")

    assert answer.text.count(CLOCK) == 3
    assert "sorted descending" in answer.text


def test_the_pages_of_a_kim_at_the_desk(desk, kim):
    page = desk.get(kim.desk_path).text

    assert CLOCK in page  # who moved it when
    assert f"x.pdf, 1 bita, {DAY}" in " ".join(page.split())
    assert f"Pemeriksaan {DAY}" in page
    assert "31 Maret" not in page


def test_the_certificate_and_its_sheet(client, kim):
    certificate = kim.certificates.get()
    sheet = client.get(f"{certificate.get_absolute_url()}piagam.pdf")
    words = " ".join(PdfReader(io.BytesIO(sheet.content)).pages[0].extract_text().split())

    page = client.get(certificate.get_absolute_url()).text
    assert f"Diperiksa {CLOCK}" in page
    assert f", {DAY}</dd>" in page
    assert f"Diterbitkan {DAY} · dicetak dari data portal {DAY}" in words


def test_a_certificate_holds_until_its_last_day_is_over_there(client, kim):
    kim.decree.ends_on = date(2026, 3, 31)
    kim.decree.save()

    assert "KEDALUWARSA" in client.get(kim.certificates.get().get_absolute_url()).text


def test_the_papers_and_the_inbox_of_its_chair(client, kim, siti):
    client.force_login(siti)

    assert f"diunggah {DAY}" in client.get(f"{kim.room_path}berkas/").text
    assert CLOCK in client.get(reverse("inbox")).text


def test_what_became_of_a_report_and_who_said_what(client, desk, kim, make_post, joko, made):
    post = make_post()
    Comment.objects.say(post=post, author=joko, text="Bagus")
    flag = FlaggedItem.objects.flag(post, reason="spam")
    flag.item.decide("kept", by=made)

    answer = client.get(reverse("activities:flag_result", args=[flag.code])).text
    assert f"tetap tampil, {DAY}" in answer
    assert CLOCK in answer
    assert CLOCK in desk.get(reverse("activities:comments", args=[post.pk])).text


def test_what_is_founded_today_is_founded_today():
    from accounts.fields import PastDayField

    assert PastDayField().clean("2026-04-01") == date(2026, 4, 1)


def test_a_day_that_a_list_is_narrowed_to_is_a_day_there(client, make_post):
    make_post("Malam ini", published_at=NIGHT)

    def found(**asked):
        return "Malam ini" in client.get("/kegiatan/", {"wilayah": "64.02"} | asked).text

    assert found(sejak="2026-04-01")
    assert not found(sampai="2026-03-31")


def test_an_event_after_midnight_is_in_the_month_it_begins_in_there(client, make_post):
    make_post("Sahur bersama", type="agenda", starts_at=NIGHT)

    assert "Sahur bersama" in client.get("/agenda/", {"wilayah": "64.02", "bulan": "2026-04"}).text
    assert "Sahur bersama" not in client.get("/agenda/", {"wilayah": "64.02", "bulan": "2026-03"}).text
    assert "Sahur bersama" in client.get("/agenda/", {"wilayah": "64.02"}).text


def test_no_template_tells_a_day_by_another_clock():
    # Django's own filter knows no place: for machines it is right, and for days that begin nowhere.
    for_machines = {"c", "Y-m-d", "Y-m", "F Y", "l, j F", "l", "j"}
    told = [
        (path.name, form)
        for path in Path(settings.BASE_DIR, "templates").rglob("*.*")
        for form in re.findall(r'\|date:"([^"]*)"', path.read_text(errors="ignore"))
    ]
    assert [(name, form) for name, form in told if form not in for_machines] == []


def test_a_mail_tells_it_by_the_clock_of_who_asked_for_it(rf, siti, mekar):
    request = rf.get("/")
    request.user = siti
    with request_context(request):
        get_adapter().send_mail("account/email/password_changed", siti.email, {"timestamp": NIGHT, "ip": "192.0.2.7"})

    assert f"Ini terjadi pada {CLOCK}" in " ".join(mail.outbox[0].body.split())


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "kurang dari sejam"), (5.4, "5 jam"), (23.6, "1 hari"), (30, "1 hari"), (86, "4 hari")],
)
def test_a_span_is_told_in_hours_below_a_day(hours, words):
    assert how_long(timedelta(hours=hours)) == words


def test_no_span_is_a_dash():
    assert how_long(None) == "–"
