"""The officers' desk: writing a bulletin, looking at it, sending it, and what came of it."""

import io
import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from conftest import make_officer, make_pdf, make_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import AuditEntry
from bulletins import sending, tasks
from bulletins.models import Attachment, Bulletin, BulletinPicture, Question
from regions.clocks import at

WRITTEN = {"title": "Imunisasi polio", "text": "Bawa *balita*.", "short_text": "Imunisasi Sabtu."}


@pytest.fixture(autouse=True)
def jobs(monkeypatch):
    """What is left to the worker: `[(name, what)]`."""
    asked = []
    for name in ("deliver", "follow_up", "remind"):
        job = type("Job", (), {"enqueue": lambda self, *args, name=name: asked.append((name, *args))})()
        monkeypatch.setattr(tasks, name, job)
    return asked


def page(bulletin, word, *more):
    return reverse(f"admin:bulletins_bulletin_{word}", args=[bulletin.pk, *more])


def local(moment, place):
    """As a browser sends what a person chose by the clock there."""
    return f"{at(moment, place):%Y-%m-%dT%H:%M}"


def picture_file():
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    return SimpleUploadedFile("poster.jpg", file.getvalue())


def paper_file(content=None):
    return SimpleUploadedFile("jadwal.pdf", content or make_pdf())


# Writing


def test_an_officer_writes_a_draft_with_all_that_belongs_to_it(desk, places, sector, made):
    ends = timezone.now() + timedelta(days=3)
    facts = WRITTEN | {"areas": [places["64.02.02"].pk], "places": [places["64.02.02.2003"].pk], "sectors": [sector.pk]}
    files = {"picture": picture_file(), "picture_alt": "Balita", "paper": paper_file()}

    answer = desk.post(
        reverse("admin:bulletins_bulletin_add"), facts | files | {"ends_at": local(ends, places["64.02"])}
    )

    bulletin = Bulletin.objects.get()
    assert answer.url == bulletin.desk_path
    assert (bulletin.issuer, bulletin.author, bulletin.status) == (places["64.02"], made, "draft")
    assert {*bulletin.regions.all()} == {places["64.02.02"], places["64.02.02.2003"]}
    assert list(bulletin.sectors.all()) == [sector]
    assert abs(bulletin.ends_at - ends) < timedelta(minutes=1)
    assert (bulletin.picture.alt, bulletin.attachments.get().name) == ("Balita", "jadwal.pdf")


@pytest.mark.parametrize("clicks", [2, 3])
def test_a_double_click_writes_one_draft(desk, places, clicks):
    facts = WRITTEN | {"csrfmiddlewaretoken": "x" * 64, "reach": "whole"}

    for _click in range(clicks):
        desk.post(reverse("admin:bulletins_bulletin_add"), facts)

    assert Bulletin.objects.count() == 1


def test_what_was_changed_on_the_page_before_is_stored_too(desk, places):
    facts = WRITTEN | {"csrfmiddlewaretoken": "x" * 64, "reach": "whole"}
    desk.post(reverse("admin:bulletins_bulletin_add"), facts)

    desk.post(reverse("admin:bulletins_bulletin_add"), facts | {"title": "Imunisasi campak"})

    assert {bulletin.title for bulletin in Bulletin.objects.all()} == {WRITTEN["title"], "Imunisasi campak"}


@pytest.mark.parametrize("again", [{}, {"title": "x" * 152}])
def test_what_is_refused_says_why_each_time_and_is_stored_once_it_is_mended(desk, places, again):
    refused = WRITTEN | {"csrfmiddlewaretoken": "x" * 64, "reach": "whole", "title": "x" * 151}
    for facts in (refused, refused | again):
        assert "title" in desk.post(reverse("admin:bulletins_bulletin_add"), facts).context["form"].errors

    desk.post(reverse("admin:bulletins_bulletin_add"), refused | {"title": "Imunisasi polio"})

    assert Bulletin.objects.get().title == "Imunisasi polio"


def test_a_draft_saved_from_an_older_page_is_compared_first_then_stored(desk, made, make_bulletin, places):
    bulletin = make_bulletin(author=made)
    url = page(bulletin, "write")
    facts = WRITTEN | {"csrfmiddlewaretoken": "x" * 64, "reach": "whole"}
    facts["seen"] = bulletin.updated_at.isoformat()
    desk.post(url, facts | {"title": "Pertama"})

    answer = desk.post(url, facts | {"title": "Kedua"})
    assert answer.status_code == HTTPStatus.CONFLICT
    form = answer.context["form"]
    assert form["title"].value() == "Kedua"
    desk.post(url, facts | {"title": "Kedua", "seen": form["seen"].value()})

    bulletin.refresh_from_db()
    assert bulletin.title == "Kedua"


def test_what_hides_in_a_field_that_nobody_sees_is_no_silent_refusal(desk, places):
    facts = WRITTEN | {"seen": "\0", "reach": "whole"}

    desk.post(reverse("admin:bulletins_bulletin_add"), facts)

    assert Bulletin.objects.get().title == WRITTEN["title"]


def test_nothing_is_chosen_beforehand_and_the_whole_region_is_one_choice(desk, places):
    shown = desk.get(reverse("admin:bulletins_bulletin_add"))
    assert not re.search(r'name="(reach|areas)"[^>]*checked', shown.text)
    assert "seluruh Kabupaten Kutai Kartanegara" in shown.text

    desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | {"reach": "whole"})

    bulletin = Bulletin.objects.get()
    assert [*bulletin.regions.all()] == [places["64.02"]]
    assert re.search(r'value="whole"[^>]*checked', desk.get(page(bulletin, "write")).text)


@pytest.mark.parametrize("reach", ["parts", ""])
def test_the_parts_that_are_ticked_are_the_audience(desk, places, reach):
    parts = {"reach": reach, "areas": [places["64.02.02"].pk]}

    desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | parts)

    bulletin = Bulletin.objects.get()
    assert [*bulletin.regions.all()] == [places["64.02.02"]]
    assert re.search(r'value="parts"[^>]*checked', desk.get(page(bulletin, "write")).text)


def test_the_whole_and_a_part_of_it_is_asked_about(desk, places):
    both = {"reach": "whole", "areas": [places["64.02.02"].pk]}
    assert "reach" in desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | both).context["form"].errors
    none = {"reach": "parts"}
    assert "areas" in desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | none).context["form"].errors

    assert not Bulletin.objects.exists()


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Bawa *balita*.\n\nGratis.", "Bawa *balita*.\n\nGratis."),
        ("Satu kalimat lagi. " * 50, ("Satu kalimat lagi. " * 36).strip()),
        (
            "Alinea pertama cukup panjang. " * 20 + "\n\n" + "Kedua " * 100,
            ("Alinea pertama cukup panjang. " * 20).strip(),
        ),
        ("kata " * 200, "kata " * 138 + "kata…"),
        ("x" * 800, "x" * 699 + "…"),
    ],
)
def test_without_a_short_version_the_text_begins_it(desk, text, short):
    desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | {"text": text, "short_text": "", "reach": "whole"})

    assert Bulletin.objects.get().short_text == short


@pytest.mark.parametrize("field", ["areas", "places"])
@pytest.mark.parametrize("code", ["64.71", "64.71.01", "64", "0"])
def test_an_audience_outside_the_own_region_cannot_be_named(desk, places, field, code):
    answer = desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | {field: [places[code].pk]})

    assert field in answer.context["form"].errors
    assert 'value="Imunisasi polio"' in answer.text
    assert not Bulletin.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"title": "*"}, "title"),
        ({"title": "[](x)"}, "title"),
        ({"title": "\u3164"}, "title"),
        ({"title": "Bantuan 6402024108900001"}, "title"),
        ({"text": "NIK 6402024108900001"}, "text"),
        ({"short_text": "x" * 701}, "short_text"),
        ({"ends_at": "kemarin"}, "ends_at"),
        ({"ends_at": "0001-01-01T00:00"}, "ends_at"),
        ({"category": "Api"}, "category"),
        ({"areas": ["abc"]}, "areas"),
        ({"places": ["99999999"]}, "places"),
        ({"picture": SimpleUploadedFile("a.jpg", b"GIF89a")}, "picture"),
        ({"paper": SimpleUploadedFile("a.pdf", b"%PDF-1.7 kosong")}, "paper"),
        ({"paper": SimpleUploadedFile("a.docx", b"PK\x03\x04")}, "paper"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_lost(desk, facts, field):
    answer = desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | facts)

    assert list(answer.context["form"].errors) == [field]
    assert "Bawa *balita*." in answer.text or field == "text"
    assert not Bulletin.objects.exists()


def test_a_picture_says_what_it_shows_and_is_asked_for_again(desk):
    answer = desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | {"picture": picture_file()})

    assert {*answer.context["form"].errors} == {"picture_alt", "picture"}
    assert not BulletinPicture.objects.exists()


def test_what_was_attached_is_taken_off_again(desk, make_bulletin, made):
    desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | {"paper": paper_file()})
    desk.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | {"title": "Lain", "paper": paper_file()})
    first, other = Bulletin.objects.order_by("pk")
    file = first.attachments.get().file

    desk.post(page(first, "write"), WRITTEN | {"without_papers": [first.attachments.get().pk]})
    desk.post(page(first, "write"), WRITTEN | {"without_papers": [other.attachments.get().pk]})

    assert [paper.bulletin for paper in Attachment.objects.all()] == [other]
    assert file.name != other.attachments.get().file.name


def test_a_colleague_who_saved_meanwhile_is_not_written_over(desk, make_bulletin, made, places):
    bulletin = make_bulletin()
    seen = bulletin.updated_at.isoformat()
    bulletin.text = "Dari rekan."
    bulletin.write(by=made, regions=[places["64.02"]])

    answer = desk.post(page(bulletin, "write"), WRITTEN | {"seen": seen})

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "diubah dari halaman lain" in answer.text
    assert "Bawa *balita*." in answer.text
    assert Bulletin.objects.get().text == "Dari rekan."


def test_an_officer_without_the_duty_writes_nothing(desk, made, make_bulletin):
    made.assignments.update(duties=["verification"])

    assert desk.get(reverse("admin:bulletins_bulletin_add")).status_code == HTTPStatus.FORBIDDEN
    assert "Tulis informasi" not in desk.get(reverse("admin:index")).text


def test_nobody_writes_for_a_regency_that_speaks_for_itself(desk, client, places, with_second_factor, made):
    dayu = make_officer("Dayu", places["64"])
    client.force_login(with_second_factor(dayu))

    answer = client.post(reverse("admin:bulletins_bulletin_add"), WRITTEN | {"issuer": places["64.02"].pk})

    assert Bulletin.objects.get().issuer == places["64"]
    assert answer.status_code == HTTPStatus.FOUND


# Looking at it


def test_the_number_of_kim_and_each_of_them_is_seen_before_anything_is_sent(desk, make_bulletin, make_community):
    kims = [make_community(f"KIM {serial:02}") for serial in range(60)]
    make_community("KIM Kota", seat="64.71.01.1001")
    bulletin = make_bulletin()

    first = desk.get(page(bulletin, "audience"))
    second = desk.get(page(bulletin, "audience") + first.context["page"].older)

    assert first.context["number"] == 60
    assert [*first.context["page"], *second.context["page"]] == kims
    assert "<b>60</b> KIM" in desk.get(bulletin.desk_path).text


def test_a_preview_shows_it_as_kim_as_mail_and_as_a_message(desk, make_bulletin):
    bulletin = make_bulletin(text="Bawa *balita*.")

    answer = desk.get(page(bulletin, "preview"))

    assert "<strong>balita</strong>" in answer.text
    assert answer.context["mail"][0] == "Portal KIM: Imunisasi polio"
    assert bulletin.short_text in answer.context["mail"][1]
    assert answer.context["whatsapp"].startswith("*Imunisasi polio*\n\nImunisasi polio Sabtu ini.")


def test_what_lacks_something_is_not_offered_for_approval(desk, make_bulletin):
    whole, lacking = make_bulletin(), make_bulletin(text="")

    assert "Setujui informasi" in desk.get(page(whole, "change"), follow=True).text
    answer = desk.get(page(lacking, "change"), follow=True)
    assert "Tulis isinya." in answer.text
    assert "Setujui informasi" not in answer.text


@pytest.mark.parametrize(("word", "most"), [("audience", 16), ("preview", 11), ("unopened", 16), ("funnel", 11)])
def test_a_page_costs_the_same_however_many_kim(
    desk, make_bulletin, make_community, django_assert_max_num_queries, word, most
):
    bulletin = make_bulletin(status="sent")
    for serial in range(12):
        make_community(f"KIM {serial}")
    sending.deliver(bulletin.pk)
    desk.get("/petugas/")  # what a process reads once for all its pages

    with django_assert_max_num_queries(most):  # seven of them are the desk's own
        assert desk.get(page(bulletin, word)).status_code == HTTPStatus.OK


# Deciding


def test_from_draft_to_sent(desk, make_bulletin, mekar, jobs):
    bulletin = make_bulletin()
    for word in ("setujui", "kirim"):
        bulletin.refresh_from_db()
        shown = desk.get(page(bulletin, "deed", word))
        assert "1 KIM" in shown.text
        desk.post(page(bulletin, "deed", word), shown.context["form"].initial)

    bulletin.refresh_from_db()
    assert bulletin.status == "sent"
    assert jobs == [("deliver", bulletin.pk)]


def test_a_second_click_sends_nothing_more(desk, make_bulletin, mekar, jobs):
    bulletin = make_bulletin(status="approved")
    facts = {"csrfmiddlewaretoken": "x" * 64, "seen": bulletin.updated_at.isoformat()}

    answers = [desk.post(page(bulletin, "deed", "kirim"), facts) for _click in range(3)]

    assert [answer.status_code for answer in answers] == [HTTPStatus.FOUND] * 3
    assert (len(jobs), bulletin.steps.count()) == (1, 1)


def test_of_two_officers_who_send_at_once_one_does(desk, make_bulletin, mekar, made, jobs):
    bulletin = make_bulletin(status="approved")
    seen = bulletin.updated_at.isoformat()
    Bulletin.objects.get().send(by=made)

    answer = desk.post(page(bulletin, "deed", "kirim"), {"seen": seen})

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "tidak berlaku" in answer.text
    assert (jobs, bulletin.steps.count()) == ([], 1)


def test_what_a_colleague_changed_is_not_approved_unseen(desk, make_bulletin, mekar, made, places):
    bulletin = make_bulletin()
    seen = bulletin.updated_at.isoformat()
    bulletin.text = "Sudah lain."
    bulletin.write(by=made, regions=[places["64.02"]])

    answer = desk.post(page(bulletin, "deed", "setujui"), {"seen": seen})
    assert "diubah dari halaman lain" in answer.text
    again = desk.post(page(bulletin, "deed", "setujui"), {"seen": answer.context["form"]["seen"].value()})

    assert again.status_code == HTTPStatus.FOUND
    assert Bulletin.objects.get().status == "approved"


def test_a_number_that_changed_is_shown_before_it_is_sent(desk, make_bulletin, make_community, mekar):
    bulletin = make_bulletin(status="approved")
    facts = desk.get(page(bulletin, "deed", "kirim")).context["form"].initial
    make_community("KIM Baru")

    answer = desk.post(page(bulletin, "deed", "kirim"), facts)
    assert "menjadi 2 KIM" in answer.text
    assert Bulletin.objects.get().status == "approved"

    desk.post(page(bulletin, "deed", "kirim"), facts | {"number": 2})
    assert Bulletin.objects.get().status == "sent"


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("", "Pilih waktunya"),
        ("besok", "Tulis tanggal dan jamnya"),
        (timedelta(minutes=-2), "sudah lewat"),
        (timedelta(days=9), "sudah berakhir"),
        ("9999-12-31T23:59", "Periksa tahunnya"),
    ],
)
def test_an_hour_at_which_it_cannot_be_sent_is_refused_beside_its_field(
    desk, make_bulletin, places, mekar, moment, sentence
):
    bulletin = make_bulletin(status="approved", ends_at=timezone.now() + timedelta(days=5))
    if isinstance(moment, timedelta):
        moment = local(timezone.now() + moment, places["64.02"])

    answer = desk.post(page(bulletin, "deed", "jadwalkan"), {"seen": bulletin.updated_at.isoformat(), "at": moment})

    assert sentence in answer.context["form"].errors["at"][0]
    assert Bulletin.objects.get().status == "approved"


def test_an_hour_is_that_of_the_office(desk, make_bulletin, places, mekar):
    bulletin = make_bulletin(status="approved")
    moment = timezone.now() + timedelta(hours=5)
    facts = {"seen": bulletin.updated_at.isoformat(), "at": local(moment, places["64.02"])}

    desk.post(page(bulletin, "deed", "jadwalkan"), facts)

    bulletin.refresh_from_db()
    assert bulletin.status == "scheduled"
    assert abs(bulletin.send_at - moment) < timedelta(minutes=1)


def test_a_recall_says_why_and_those_who_have_it_are_told(desk, make_bulletin, mekar, jobs):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)

    assert "note" in desk.post(page(bulletin, "deed", "tarik"), {"note": " "}).context["form"].errors
    asked = desk.post(page(bulletin, "deed", "tarik"), {"note": "Tanggalnya keliru."}).context["form"]
    assert "is_sure" in asked.errors
    assert "1 KIM" in str(asked["is_sure"].label)
    assert Bulletin.objects.get().status == "sent"
    desk.post(page(bulletin, "deed", "tarik"), {"note": "Tanggalnya keliru.", "is_sure": "on"})

    bulletin.refresh_from_db()
    assert (bulletin.status, bulletin.recall_reason) == ("recalled", "Tanggalnya keliru.")
    assert jobs == [("follow_up", bulletin.follow_ups.get().pk)]


def test_an_older_one_becomes_a_new_draft_with_its_picture_and_papers(desk, places, make_bulletin):
    desk.post(
        reverse("admin:bulletins_bulletin_add"),
        WRITTEN | {"picture": picture_file(), "picture_alt": "Balita", "paper": paper_file()},
    )
    former = Bulletin.objects.get()

    answer = desk.post(page(former, "deed", "salin"), {"issuer": places["64.02"].pk})

    copy = Bulletin.objects.get(copied_from=former)
    assert answer.url == copy.desk_path
    assert copy.picture.uuid != former.picture.uuid
    assert copy.attachments.get().file.read() == former.attachments.get().file.read()
    assert desk.get(page(copy, "picture", "640.webp")).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "word", ["setujui", "kirim", "jadwalkan", "batal-jadwal", "jadi-draf", "tutup", "tarik", "entah"]
)
def test_the_officer_next_door_does_nothing_to_it(client, ratna, with_second_factor, make_bulletin, word):
    client.force_login(with_second_factor(ratna))

    for status in ("draft", "approved", "sent"):
        bulletin = make_bulletin(status=status)
        assert client.post(page(bulletin, "deed", word), {}).status_code == HTTPStatus.NOT_FOUND
        bulletin.refresh_from_db()
        assert bulletin.status == status


def test_the_ministry_reads_what_a_regency_sends_and_decides_nothing(
    client, places, with_second_factor, make_bulletin, made
):
    client.force_login(with_second_factor(make_officer("Dewi", places["0"])))
    bulletin = make_bulletin(status="approved")

    assert client.get(bulletin.desk_path).status_code == HTTPStatus.OK
    assert client.post(page(bulletin, "deed", "kirim"), {}).status_code == HTTPStatus.FORBIDDEN


# What waits, questions, reminders


def test_the_first_page_of_the_desk_says_what_waits(desk, make_bulletin, mekar, siti):
    make_bulletin("Draf saya")
    make_bulletin("Siap dikirim", status="approved")
    sent = make_bulletin("Sudah terkirim", status="sent")
    sending.deliver(sent.pk)
    Question.objects.ask(sent, mekar, by=siti, text="Jam berapa?")

    page = desk.get(reverse("admin:index")).text

    for words in ("Draf saya", "Siap dikirim", "Jam berapa?"):
        assert words in page


def test_an_answer_is_given_once(desk, make_bulletin, mekar, siti, made, jobs):
    sent = make_bulletin(status="sent")
    sending.deliver(sent.pk)
    question = Question.objects.ask(sent, mekar, by=siti, text="Jam berapa?")
    address = reverse("admin:bulletins_question_change", args=[question.pk])

    assert "answer" in desk.post(address, {"answer": ""}).context["form"].errors
    assert "answer" in desk.post(address, {"answer": "NIK 6402024108900001"}).context["form"].errors
    desk.post(address, {"answer": "Pukul delapan."})
    late = desk.post(address, {"answer": "Pukul sembilan."})

    assert late.status_code == HTTPStatus.CONFLICT
    assert "Pukul sembilan." in late.text
    assert Question.objects.get().answer == "Pukul delapan."
    assert jobs == [("follow_up", sent.follow_ups.get().pk)]


def test_those_who_did_not_open_it_are_listed_and_reminded_by_one_click(
    desk, make_bulletin, make_community, mekar, siti, jobs
):
    other = make_community("KIM Lain")
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    bulletin.deliveries.get(community=mekar).open(by=siti)

    shown = desk.get(page(bulletin, "unopened"))
    assert [delivery.community for delivery in shown.context["page"]] == [other]
    assert shown.context["to_remind"] == 1

    desk.post(page(bulletin, "unopened"))
    ((name, *what),) = jobs
    assert (name, what[0]) == ("remind", bulletin.pk)
    bulletin.deliveries.filter(community=other).update(reminded_on=what[1])

    again = desk.post(page(bulletin, "unopened"), follow=True)
    assert "sudah diingatkan hari ini" in again.text
    assert len(jobs) == 1


def test_the_files_of_a_draft_are_its_offices_alone(client, ratna, with_second_factor, make_bulletin):
    client.force_login(with_second_factor(ratna))
    bulletin = make_bulletin()
    paper = bulletin.attachments.create(name="a.pdf", size=1, uploaded_by=make_user("Wayan"), file="bulletins/1.pdf")

    assert client.get(page(bulletin, "paper", paper.pk)).status_code == HTTPStatus.NOT_FOUND
    assert client.get(page(bulletin, "picture", "640.webp")).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("code", ["64.71", "64", "0", "99", "x" * 400, "64.02.99"])
@pytest.mark.parametrize("word", ["funnel", "unopened"])
def test_no_region_of_somebody_else_is_asked_for(desk, make_bulletin, word, code):
    assert desk.get(page(make_bulletin(status="sent"), word), {"wilayah": code}).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_funnel_is_taken_along_and_that_is_written_down(desk, make_bulletin, mekar, kind, made):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)

    answer = desk.post(page(bulletin, f"funnel_{kind}") + "?wilayah=64.02")

    content = answer.getvalue()
    if kind == "csv":
        assert "64.02.02;Kecamatan Loa Kulu;1;0;0;0;0;;" in content.decode()
    assert content
    assert AuditEntry.objects.get(deed="EXPORT").after["rows"] == 1


def test_the_list_and_the_page_of_what_was_sent_lead_to_what_came_of_it(desk, make_bulletin, mekar):
    sent, draft = make_bulletin("Terkirim", status="sent"), make_bulletin("Draf")

    shown = desk.get(reverse("admin:bulletins_bulletin_changelist")).text
    assert page(sent, "funnel") in shown
    assert page(draft, "funnel") not in shown
    assert page(sent, "funnel") in desk.get(sent.desk_path).text
