"""Warnings as CAP 1.2: what the standard's schema checks (tests/bulletins/CAP-v1.2.xsd), and what it leaves to us."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from lxml import etree

from pages import freshness

pytestmark = pytest.mark.django_db

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "CAP-v1.2.xsd"))
# A square for Kutai Kartanegara, written as TopoJSON: an outer ring, a hole and an island.
TOPOLOGY = """{"type": "Topology", "transform": {"scale": [0.5, 0.5], "translate": [116, -1]},
"arcs": [[[0, 0], [2, 0], [0, 2], [-2, 0], [0, -2]],
  [[1, 1], [0, 1], [1, -1], [-1, 0]], [[6, 0], [1, 0], [0, 1], [-1, -1]]],
"objects": {"regencies": {"type": "GeometryCollection", "geometries": [
  {"type": "MultiPolygon", "id": "64.02", "arcs": [[[0], [1]], [[2]]]}]}}}"""


def cap_of(client, warning):
    answer = client.get(warning.cap_path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/cap+xml; charset=utf-8"
    alert = etree.fromstring(answer.content)
    SCHEMA.assertValid(alert)
    return alert


def words(alert, name):
    return alert.findtext(f".//{CAP}{name}")


@pytest.fixture
def boundaries(settings, tmp_path):
    settings.KIM_REFERENCE_DATA = tmp_path / "reference"
    folder = settings.KIM_REFERENCE_DATA / "regencies_by_province"
    folder.mkdir(parents=True)
    (folder / "64.topojson").write_text(TOPOLOGY)


# The message


def test_a_warning_is_a_valid_alert_with_the_official_code_as_geocode(client, make_warning):
    alert = cap_of(client, make_warning(text="Air *naik*.\nJauhi sungai."))

    assert words(alert, "msgType") == "Alert"
    assert [words(alert, name) for name in ("event", "severity", "urgency", "certainty", "category")] == [
        "Banjir", "Severe", "Immediate", "Observed", "Met",
    ]  # fmt: skip
    assert words(alert, "instruction") == "Naik ke balai desa, bawa air minum."
    assert words(alert, "description") == "Air naik. Jauhi sungai."
    assert words(alert, "areaDesc") == "Kecamatan Loa Kulu, Kutai Kartanegara, Kalimantan Timur"
    assert [words(alert, "valueName"), words(alert, "value")] == ["Kemendagri", "64.02.02"]
    assert alert.find(f"{CAP}references") is None


def test_times_have_the_offset_of_the_place_and_whole_seconds(client, make_warning):
    with time_machine.travel("2026-11-28T04:00:00.123456Z", tick=False):
        alert = cap_of(client, make_warning(ends_at=parse_datetime("2026-11-28T06:30:00.5Z")))

    assert words(alert, "sent") == words(alert, "effective") == "2026-11-28T12:00:00+08:00"
    assert words(alert, "expires") == "2026-11-28T14:30:00+08:00"


def test_identifiers_hold_no_blank_no_comma_and_no_mark(client, settings, make_warning):
    settings.SITE_URL = "https://kim.example.go.id:8443"

    alert = cap_of(client, make_warning())

    for name in ("identifier", "sender"):
        assert re.fullmatch(r"[^\s,<&]+", words(alert, name)), name


@pytest.mark.parametrize("verb", ["recall", "close"])
def test_what_is_taken_back_before_its_end_is_a_cancel_of_that_alert(client, make_warning, made, verb):
    warning = make_warning()
    first = cap_of(client, warning)

    reason = {"reason": "Air surut, <tanpa> bahaya & aman."} if verb == "recall" else {}
    getattr(warning, verb)(by=made, **reason)

    cancel = cap_of(client, warning)
    assert words(cancel, "msgType") == "Cancel"
    assert words(cancel, "note") == reason.get("reason")
    assert words(cancel, "references") == ",".join(words(first, name) for name in ("sender", "identifier", "sent"))
    assert words(cancel, "identifier") != words(first, "identifier")


def test_two_cancels_of_one_warning_are_two_messages(client, make_warning, made):
    warning = make_warning()
    warning.close(by=made)
    closed = words(cap_of(client, warning), "identifier")

    warning.recall(by=made, reason="Salah wilayah.")

    assert words(cap_of(client, warning), "identifier") != closed


def test_polygons_are_closed_latitude_first_and_without_holes(client, boundaries, make_warning):
    alert = cap_of(client, make_warning(regions=["64.02", "64.02.02"]))

    regency, district = alert.iter(f"{CAP}area")
    polygons = [polygon.text.split() for polygon in regency.iter(f"{CAP}polygon")]
    assert [len(polygon) for polygon in polygons] == [5, 4]
    assert all(polygon[0] == polygon[-1] for polygon in polygons)
    assert polygons[0][:2] == ["-1.0000,116.0000", "-1.0000,117.0000"]
    # Nobody has the boundaries of districts.
    assert district.find(f"{CAP}polygon") is None
    assert district.findtext(f".//{CAP}value") == "64.02.02"


def test_what_no_xml_can_hold_is_left_out(client, make_warning):
    alert = cap_of(client, make_warning(event="Banjir\x0b & <longsor>", title="Awas\x08 ]]>"))

    assert words(alert, "event") == "Banjir & <longsor>"
    assert words(alert, "headline") == "Awas ]]>"


# The index of a region


def entries(client, code):
    answer = client.get(f"/feed/peringatan/{code}.xml")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(answer.content).findall(f"{ATOM}entry")


@pytest.mark.parametrize(
    ("code", "number"),
    [("64.02.02.2003", 1), ("64.02.02", 1), ("64.02", 1), ("64", 1), ("0", 1), ("64.02.06", 0), ("64.71", 0)],
)
def test_an_index_has_what_holds_in_the_region_and_in_its_parts(client, make_warning, code, number):
    make_warning()

    assert len(entries(client, code)) == number


def test_an_entry_leads_to_the_message_and_to_the_page(client, settings, make_warning):
    warning = make_warning()

    (entry,) = entries(client, "64.02")

    links = {link.get("type"): link.get("href") for link in entry.iter(f"{ATOM}link")}
    assert links["application/cap+xml"] == settings.SITE_URL + warning.cap_path
    assert links["text/html"] == settings.SITE_URL + warning.warning_path
    assert entry.findtext(f"{CAP}severity") == "Severe"
    assert entry.findtext(f"{CAP}areaDesc").startswith("Kecamatan Loa Kulu")


def test_a_recall_is_another_entry(client, make_warning, made):
    warning = make_warning()
    (first,) = entries(client, "64.02")

    warning.recall(by=made, reason="Salah wilayah.")

    (second,) = entries(client, "64.02")
    assert second.findtext(f"{CAP}msgType") == "Cancel"
    assert second.findtext(f"{ATOM}id") != first.findtext(f"{ATOM}id")
    assert second.findtext(f"{ATOM}updated") >= first.findtext(f"{ATOM}updated")


def test_an_index_costs_as_much_with_three_as_with_one(client, make_warning, django_assert_max_num_queries):
    for _number in range(3):
        make_warning()

    with django_assert_max_num_queries(5):
        assert len(entries(client, "64.02")) == 3


# How long


@pytest.mark.parametrize("is_recalled", [False, True])
def test_kept_or_not_both_are_gone_with_the_end(client, settings, monkeypatch, make_warning, made, is_recalled):
    settings.PAGE_STORE = True
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())
    with time_machine.travel("2026-11-28T04:00:00Z", tick=False) as clock:
        warning = make_warning(ends_at=timezone.now() + timedelta(seconds=20))
        if is_recalled:
            warning.recall(by=made, reason="Salah wilayah.")
        cap_of(client, warning)
        assert len(entries(client, "64.02")) == 1

        clock.shift(20)

        assert client.get(warning.cap_path).status_code == 404
        assert entries(client, "64.02") == []


def test_who_has_it_is_sent_nothing_and_anyone_may_keep_it(client, make_warning):
    for address in [make_warning().cap_path, "/feed/peringatan/64.02.xml", "/feed/peringatan/64.71.xml"]:
        answer = client.get(address)
        assert answer["Cache-Control"].startswith("max-age=1, public") or "public" in answer["Cache-Control"]

        again = client.get(address, headers={"If-None-Match": answer["ETag"]})

        assert (again.status_code, again.content) == (304, b"")


# What there is not


@pytest.mark.parametrize(
    "address",
    ["99", "64.02.", "../64", "64%00", "abc", "12.cap", "64.02.02.2003.1", "٦٤", "0.cap", "99999999999999999999.cap"],
)
def test_an_address_of_nothing_is_a_404(client, places, address):
    assert client.get(f"/feed/peringatan/{address}.xml").status_code == 404


def test_what_is_no_warning_or_not_sent_has_no_message(client, make_bulletin, make_warning):
    for row in [make_bulletin(status="sent"), make_warning(status="approved")]:
        assert client.get(f"/feed/peringatan/{row.pk}.cap.xml").status_code == 404


def test_a_former_code_leads_to_the_region_of_today(client, places):
    places["64.02"].predecessors.create(former_code="64.01", former_name="Kutai")

    assert client.get("/feed/peringatan/64.01.xml")["Location"] == "/feed/peringatan/64.02.xml"
