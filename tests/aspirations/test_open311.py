"""Other systems read and send aspirations by Open311, by the rules of the form, where an officer lets them."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.lifecycle import StepRefused
from accounts.models import AuditEntry
from aspirations.models import Aspiration, Open311Client
from pages import limits
from tests.aspirations.test_aspiration_sending import picture

pytestmark = pytest.mark.django_db
ROOT = "/open311/v2/"
REQUESTS = f"{ROOT}requests.xml"


@pytest.fixture
def city(made, places):
    """FixMyStreet of the regency, with its key."""
    client = Open311Client(region=places["64.02"], name="Lapor Kukar", site="https://lapor.example/", created_by=made)
    client.key = client.make_key()
    client.save()
    return client


@pytest.fixture
def report(city, places):
    """What FixMyStreet sends of a report: the title, a blank line, the words, a blank line, its own page of it."""
    place = places["64.02.02.2003"]
    said = "Lampu jalan padam\n\nSudah tiga malam gelap di depan SD.\n\nhttps://lapor.example/report/77\n"
    facts = {"service_code": "pengaduan", "description": said, "first_name": "Rini", "last_name": "Wulandari"}
    facts |= {"email": "rini@contoh.id", "phone": "081234567890", "account_id": "99", "jurisdiction_id": "64.02"}
    facts |= {"media_url": "https://lapor.example/photo/77.jpeg", "attribute[uprn]": "1"}
    return facts | {"lat": str(place.lat), "long": str(place.lng), "api_key": city.key}


def read(answer):
    """The XML as FixMyStreet reads it: the rows below the root."""
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b"<?xml version=")
    return [{part.tag: part.text for part in row} for row in ElementTree.fromstring(answer.content)]  # noqa: S314


def complaints(answer, status):
    assert answer.status_code == status
    rows = read(answer)
    assert {row["code"] for row in rows} == {str(status)}
    return [row["description"] for row in rows]


@pytest.mark.parametrize(
    "path", ["discovery.json", "v2/services.xml", "v2/requests.json", "v2/servicerequestupdates.xml"]
)
def test_nothing_is_there_until_an_officer_opens_it(client, places, make_aspiration, path):
    make_aspiration()

    answer = client.get(f"/open311/{path}")

    assert answer.status_code == 404
    assert b"belum dibuka" in answer.content


def test_what_is_found_leads_on(client, city):
    found = client.get("/open311/discovery.json").json()
    services = read(client.get(f"{ROOT}services.xml"))
    definition = client.get(f"{ROOT}services/pengaduan.json?jurisdiction_id=64.02").json()

    assert found["endpoints"][0]["url"].endswith("/open311/v2")
    assert ElementTree.fromstring(client.get("/open311/discovery.xml").content).tag == "discovery"  # noqa: S314
    assert [row["service_code"] for row in services] == ["usulan", "pengaduan", "permintaan"]
    assert {row["metadata"] for row in services} == {"false"}
    assert definition == {"service_code": "pengaduan", "attributes": []}
    assert complaints(client.get(f"{ROOT}services/jalan.xml"), 404)
    assert complaints(client.get(f"{ROOT}services.xml?jurisdiction_id=64.71"), 404)


def test_a_report_of_fixmystreet_is_an_aspiration_of_the_office(client, city, report):
    answer = client.post(REQUESTS, report)

    row = Aspiration.objects.get()
    assert read(answer)[0]["service_request_id"] == row.code
    assert (row.kind, row.title, row.text) == ("pengaduan", "Lampu jalan padam", "Sudah tiga malam gelap di depan SD.")
    assert (row.place.code, row.office.code, row.community) == ("64.02.02.2003", "64.02", None)
    assert (row.sender_name, row.is_name_public, row.sender) == ("Rini Wulandari", False, None)
    assert row.held_for == [], "its own page beneath the words is no link of a stranger"
    step = row.steps.get(deed="remark")
    assert "Lapor Kukar" in step.note
    assert not step.is_public


def test_the_desk_says_from_which_system_it_came(client, city, report, desk):
    client.post(REQUESTS, report)

    page = desk.get(Aspiration.objects.get().desk_path).text

    assert "Lapor Kukar (Open311)" in page
    assert "lewat situs ini" not in page


def test_updates_are_a_range_of_their_own_index(client, city, make_aspiration, django_assert_max_num_queries):
    make_aspiration()
    with django_assert_max_num_queries(9) as asked, connection.cursor() as cursor:
        client.get(f"{ROOT}servicerequestupdates.xml")
        sql = next(query["sql"] for query in asked.captured_queries if "aspirationstep" in query["sql"])
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "aspiration_step_public" in plan, plan


def test_sent_again_it_is_the_same(client, city, report):
    first, second = (read(client.post(REQUESTS, report))[0]["service_request_id"] for _time in range(2))

    assert first == second
    assert Aspiration.objects.get().steps.filter(deed="remark").count() == 1
    client.post(REQUESTS, report | {"lat": report["lat"], "description": "Lampu lain\n\nJuga padam."})
    assert Aspiration.objects.count() == 2


def test_the_same_words_after_weeks_are_another_matter(client, city, report):
    client.post(REQUESTS, report)
    Aspiration.objects.update(created_at=timezone.now() - timedelta(days=30))

    client.post(REQUESTS, report)

    assert Aspiration.objects.count() == 2


def test_photos_come_in_the_same_request(client, city, report):
    client.post(REQUESTS, report | {"photo1": picture(), "photo2": picture("red", "b.jpg")})

    assert Aspiration.objects.get().photos.count() == 2


def test_a_file_that_is_no_photo_is_refused_with_everything(client, city, report):
    bad = picture()
    bad.file.seek(0)
    bad.file.write(b"nothing")
    bad.file.truncate(7)
    bad.file.seek(0)

    assert complaints(client.post(REQUESTS, report | {"photo1": bad}), 400)
    assert not Aspiration.objects.exists()


def test_what_the_form_would_hold_is_held_and_is_nowhere_to_be_read(client, city, report):
    said = "Slot gacor maxwin\n\nKunjungi https://judi.example/"
    code = read(client.post(REQUESTS, report | {"description": said}))[0]["service_request_id"]

    assert Aspiration.objects.get().status == "held"
    assert read(client.get(REQUESTS)) == []
    assert read(client.get(f"{ROOT}servicerequestupdates.xml")) == []
    assert complaints(client.get(f"{ROOT}requests/{code}.xml"), 404)
    assert complaints(client.get(f"{ROOT}tokens/{code}.xml"), 404)


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"api_key": "salah"}, 403, "api_key"),
        ({"api_key": ""}, 403, "api_key"),
        ({"jurisdiction_id": "64.71"}, 404, "Kutai"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "jalan"}, 404, "service_code"),
        ({"lat": "", "long": ""}, 400, "lat"),
        ({"lat": "0.0", "long": "0.0"}, 400, "lat"),
        ({"lat": "x\0", "long": "1"}, 400, "lat"),
        ({"lat": "", "long": "", "address_string": "Negeri Antah"}, 400, "tidak kami temukan"),
        ({"address_id": "64.71"}, 400, "di luar"),
        ({"description": ""}, 400, "Judul"),
        ({"description": "Data\n\nNIK saya 6402026308900003"}, 400, "NIK"),
        ({"email": "bukan surel"}, 400, "surel"),
    ],
)
def test_what_the_form_refuses_is_refused_in_words(client, city, report, places, changed, status, words):
    found = complaints(client.post(REQUESTS, report | changed), status)

    assert words.lower() in " ".join(found).lower()
    assert not Aspiration.objects.exists()


def test_a_place_is_found_by_words_and_by_code_too(client, city, report):
    elsewhere = report | {"lat": "", "long": "", "address_string": "64.02.02.2003"}
    client.post(REQUESTS, elsewhere)
    client.post(REQUESTS, elsewhere | {"address_id": "64.02.02", "description": "Satu baris saja"})

    assert [row.place.code for row in Aspiration.objects.order_by("pk")] == ["64.02.02.2003", "64.02.02"]
    assert Aspiration.objects.last().text == "Satu baris saja"


def test_what_leaves_is_what_the_public_page_shows(client, city, make_aspiration, made):
    row = make_aspiration(sender_name="Rini Rahasia")
    row.accept(by=made)

    answers = [client.get(ROOT + path) for path in ("requests.json", f"requests/{row.code}.json")]
    answers += [client.get(f"{ROOT}servicerequestupdates.json"), client.get(f"{ROOT}tokens/{row.code}.json")]

    for answer in answers:
        text = answer.content.decode()
        assert row.code in text
        assert not any(secret in text for secret in ("Rahasia", "rini@contoh.id", "81234567890", row.secret))
    (told,) = answers[0].json()
    assert (told["status"], told["service_code"], told["address_id"]) == ("open", "usulan", "64.02.02.2003")
    assert told["requested_datetime"].endswith("Z")
    assert "." not in told["updated_datetime"]
    assert told["lat"] == float(row.place.lat)


def test_it_is_closed_when_it_is_over_and_says_how(client, city, make_aspiration, made):
    row = make_aspiration()
    row.accept(by=made)
    row.give_answer(by=made, text="Belum ada anggaran.", outcome="not_possible")
    answered = client.get(f"{ROOT}requests/{row.code}.json").json()[0]
    row.close(by=made, outcome="not_possible")

    (closed,) = client.get(f"{ROOT}requests/{row.code}.json").json()
    updates = client.get(f"{ROOT}servicerequestupdates.json").json()

    assert answered["status"] == "open", "its sender may still contest it"
    assert closed["status"] == "closed"
    assert "Belum ada anggaran." in closed["status_notes"]
    assert [one["status"] for one in updates] == ["OPEN", "INVESTIGATING", "NO_FURTHER_ACTION", "NO_FURTHER_ACTION"]
    assert updates[2]["description"].count("Belum ada anggaran.") == 1


def test_a_list_is_narrowed_as_the_specification_says(client, city, make_aspiration):
    old, new = make_aspiration("Jembatan lapuk"), make_aspiration("Minta data", kind="permintaan")
    Aspiration.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=100))

    def codes(query=""):
        return [row["service_request_id"] for row in client.get(f"{ROOT}requests.json{query}").json()]

    start = (timezone.now() - timedelta(days=120)).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    assert codes() == [new.code], "the last 90 days"
    assert codes(f"?start_date={start}") == [old.code], "90 days from there; a plus sign is a plus sign"
    assert codes(f"?service_request_id={old.code},{new.code}&status=closed") == [new.code, old.code]
    assert codes("?service_code=usulan,pengaduan") == []
    assert codes("?service_code=permintaan&status=open&status=closed") == [new.code]
    assert codes("?status=closed") == []
    assert codes("?jurisdiction_id=&status=") == [new.code], "empty is as if it were not there"


@pytest.mark.parametrize(
    "query",
    ["start_date=kemarin", "start_date=2026-01-01T00:00:00", "start_date=0001-01-01T00:00:00Z", "status=baru",
     "start_date=2026-01-01T00:00:00Z%26end_date=2026-11-01T00:00:00Z", "end_date=2026-02-31T00:00:00Z"],
)  # fmt: skip
def test_a_question_that_is_not_understood_is_refused_in_words(client, city, query):
    assert complaints(client.get(f"{REQUESTS}?{query.replace('%26', '&')}"), 400)


@pytest.mark.parametrize("query", ["start_date=2026-08-01T00:00:00%2B23:59", "end_date=2026-11-01T00:00:00-16:00"])
def test_an_offset_that_no_clock_has_is_reckoned_with(client, city, query):
    for path in (REQUESTS, f"{ROOT}servicerequestupdates.xml"):
        assert read(client.get(f"{path}?{query}")) == []


def test_a_request_that_cannot_be_taken_apart_is_refused_in_words(client, city):
    answer = client.post(REQUESTS, b"--x", content_type="multipart/form-data")

    assert complaints(answer, 400) == ["Kiriman ini tidak dapat dibaca."]


def test_what_no_xml_may_hold_is_in_no_answer(client, city, report):
    client.post(REQUESTS, report | {"description": "Jalan\ufffe rusak\n\nMohon\uffff diperbaiki, sudah lama begini."})

    Aspiration.objects.update(answer="Sudah\uffff.")  # past the form

    [row] = read(client.get(REQUESTS))

    assert row["description"] == "Jalan rusak\n\nMohon diperbaiki, sudah lama begini."
    assert row["status_notes"].endswith("Sudah.")


def test_a_list_costs_the_same_with_one_as_with_three(client, city, make_aspiration, django_assert_max_num_queries):
    for number in range(3):
        make_aspiration(f"Jalan {number}")

    with django_assert_max_num_queries(5):
        assert len(client.get(f"{ROOT}requests.json").json()) == 3


def test_a_withdrawn_report_is_gone(client, city, make_aspiration):
    row = make_aspiration()
    row.withdraw()

    assert client.get(f"{ROOT}requests.json").json() == []
    assert client.get(f"{ROOT}servicerequestupdates.json").json() == []
    assert complaints(client.get(f"{ROOT}requests/{row.code}.xml"), 404)


def test_of_another_region_nothing_is_told(client, city, make_aspiration, places):
    row = make_aspiration(place=places["64.71"])

    assert client.get(f"{ROOT}requests.json?service_request_id={row.code}").json() == []
    assert complaints(client.get(f"{ROOT}requests/{row.code}.xml"), 404)


def test_two_open_regions_must_be_told_apart(client, city, ratna, places):
    other = Open311Client(region=places["64.71"], name="Samarinda", created_by=ratna)
    other.make_key()
    other.save()

    assert "jurisdiction_id" in complaints(client.get(REQUESTS), 400)[0]
    assert read(client.get(f"{REQUESTS}?jurisdiction_id=64.71")) == []


def test_it_is_bounded_like_the_form(client, city, report, monkeypatch):
    monkeypatch.setitem(limits.SENT, "aspiration", limits.SENT["aspiration"]._replace(visitors=1))
    client.post(REQUESTS, report)

    refused = client.post(REQUESTS, report | {"description": "Lain lagi"})

    assert complaints(refused, 429)
    assert refused["Retry-After"]
    assert Aspiration.objects.count() == 1


def test_other_methods_are_refused_in_words(client, city):
    assert complaints(client.post(f"{ROOT}servicerequestupdates.xml"), 405)
    assert complaints(client.delete(REQUESTS), 405)


def test_switched_off_it_neither_reads_nor_sends(client, city, report, made, ratna):
    with pytest.raises(StepRefused):
        city.switch_off(by=ratna)
    city.switch_off(by=made)

    assert complaints(client.post(REQUESTS, report), 403)
    assert complaints(client.get(REQUESTS), 404)
    with pytest.raises(StepRefused):
        city.switch_off(by=made)
    city.switch_on(by=made)
    renewed = city.renew_key(by=made)
    assert complaints(client.post(REQUESTS, report), 403), "the former key is worth nothing"
    assert client.post(REQUESTS, report | {"api_key": renewed}).status_code == 200


def test_without_scripts_the_own_region_is_chosen_already(desk, places):
    page = desk.get("/petugas/aspirations/open311client/add/").text

    assert f'<option value="{places["64.02"].pk}" selected>' in page


def test_an_officer_registers_it_and_reads_the_key_once(desk, made, places):
    page = desk.post(
        reverse("admin:aspirations_open311client_add"),
        {"region": places["64.02"].pk, "name": "Lapor Kukar", "site": ""},
        follow=True,
    )

    row = Open311Client.objects.get()
    assert row.created_by == made
    key = page.content.decode().partition("sekali ini saja: ")[2].split("<")[0].strip()
    assert Open311Client.objects.by_key(key) == row
    assert key not in repr(list(AuditEntry.objects.values()))
