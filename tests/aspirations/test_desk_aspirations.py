"""The officers' queue of aspirations: who sees what, each deed once, and the longest overdue first."""

import re
from datetime import timedelta

import pytest
from conftest import make_officer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Dispatch, Reading
from aspirations.models import AnswerTemplate, Aspiration
from regions.templatetags.places import place_date

QUEUE = "admin:aspirations_aspiration_queue"
Status = Aspiration.Status
OTHER_FORM = {"came_by": "telepon", "kind": "usulan", "title": "Lampu mati", "text": "Di depan balai desa."}


def send(browser, row, deed, **facts):
    typed = {f"{deed}-{name}": value for name, value in facts.items()}
    return browser.post(reverse(QUEUE), {"daftar": "baru", "row": row.pk, "deed": deed, **typed}, follow=True)


@pytest.fixture
def browser_of(with_second_factor):
    def browser(officer):
        client = Client()
        client.force_login(with_second_factor(officer))
        return client

    return browser


@pytest.fixture
def dewi(places):
    """The officer of the province."""
    return make_officer("Dewi", places["64"])


def test_what_refused_a_deed_is_under_the_eyes_and_leads_to_its_field(desk, make_aspiration):
    row = make_aspiration()
    assert "autofocus" not in desk.get(reverse(QUEUE)).text

    page = send(desk, row, "lapor", reference="tidak ada").text

    note = re.search(r'<p class="errornote"[^>]* autofocus>.*?</p>', page, re.DOTALL)[0]
    [there] = re.findall(r'href="#([^"]+)"', note)
    assert f'id="{there}"' in page
    assert page.count("autofocus") == 1


def test_what_was_given_to_another_office_is_read_where_everyone_reads_it(desk, make_aspiration, made, places):
    row, path = make_aspiration("Halte di jalan pelabuhan"), reverse(QUEUE)
    assert desk.get(path, {"usulan": row.pk}).context["row"] == row
    row.move(places["64.71.01.1001"], by=made, note="Jalannya di Manggar.")

    answer = desk.get(path, {"usulan": row.pk})

    assert answer.headers["Location"] == row.get_absolute_url()
    Aspiration.objects.update(is_hidden=True)
    assert desk.get(path, {"usulan": row.pk}).status_code == 404
    assert [desk.get(path, {"usulan": key}).status_code for key in ("", "x", "9" * 30, 999)] == [404] * 4


def test_the_longest_overdue_comes_first(desk, make_aspiration):
    rows = [make_aspiration(title) for title in ("Baru", "Lama", "Terlama")]
    for row, days in zip(rows, (-3, 2, 9), strict=True):
        Aspiration.objects.filter(pk=row.pk).update(due_on=timezone.localdate() - timedelta(days=days))

    answer = desk.get(reverse(QUEUE))

    assert [row.title for row in answer.context["waiting"]] == ["Terlama", "Lama", "Baru"]
    assert answer.context["row"].title == "Terlama"
    assert answer.text.count("lewat tenggat") == 3  # two in the list, and the one that is shown
    panel = next(panel for panel in desk.get(reverse("admin:index")).context["panels"] if "overdue" in panel)
    assert panel["overdue"] == 2


def test_a_list_tells_days_as_pages_do(desk, make_aspiration):
    row = make_aspiration()
    Aspiration.objects.filter(pk=row.pk).update(due_on="2026-10-27")

    page = desk.get(reverse("admin:aspirations_aspiration_changelist"))

    assert '<td class="field-due_on nowrap">27 Oktober 2026</td>' in page.text


def test_an_empty_queue_says_so(desk):
    for word in ("baru", "kantor", "opd", "dijawab", "ditahan"):
        assert desk.get(f"{reverse(QUEUE)}?daftar={word}").status_code == 200
    assert "Semua usulan baru sudah ditangani." in desk.get(reverse(QUEUE)).text
    assert desk.get(f"{reverse(QUEUE)}?daftar=lain").status_code == 404


@pytest.mark.parametrize(
    ("deed", "facts", "status"),
    [
        ("terima", {}, Status.ACCEPTED),
        ("jawab", {"text": "Sudah diaspal.", "outcome": "done"}, Status.ANSWERED),
        ("naikkan", {"note": "Jalan provinsi."}, Status.ESCALATED),
        ("pindahkan", {"place": "64.71.01.1001", "note": "Di Manggar."}, Status.MOVED),
        ("tolak", {"note": "Bukan wewenang."}, Status.REJECTED),
        ("tanya", {"text": "Di depan rumah siapa?", "is_public": "1"}, Status.FORWARDED),
        ("lapor", {"reference": "LPR-778812"}, Status.FORWARDED),
        ("sembunyikan", {"note": "Memuat nama tetangga."}, Status.FORWARDED),
    ],
)
def test_each_deed_of_what_is_new(deed, facts, status, desk, made, make_aspiration):
    row = make_aspiration()
    code = row.code

    answer = send(desk, row, deed, **facts)

    row.refresh_from_db()
    assert (row.status, row.code) == (status, code)
    assert row.steps.last().by == made
    assert code in answer.text


@pytest.mark.parametrize(
    ("deed", "facts", "said"),
    [
        ("lapor", {"reference": "LPR-778812"}, "Nomor SP4N-LAPOR! disimpan: "),
        ("tanya", {"text": "Sudah ditelepon.", "is_public": ""}, "Dicatat: "),
    ],
)
def test_what_decides_nothing_stays_at_its_proposal_and_says_so(desk, make_aspiration, deed, facts, said):
    make_aspiration("Lampu jalan mati")
    row = make_aspiration()

    answer = send(desk, row, deed, **facts)

    assert answer.redirect_chain[-1][0].endswith(f"usulan={row.pk}")
    assert answer.context["row"] == row
    assert f"{said}{row}" in answer.text


LAPOR = "https://www.lapor.go.id/laporan/detil/7788123"


@pytest.mark.parametrize(
    ("pasted", "number", "link"),
    [
        ("7788123", "7788123", ""),
        (" 778 8123 ", "7788123", ""),
        ("77.88-123", "7788123", ""),
        ("#7788123", "7788123", ""),
        ("No. 7788123", "7788123", ""),
        ("Nomor laporan: #7788123", "7788123", ""),
        ("Tracking ID 7788123.", "7788123", ""),
        ("SP4N-LAPOR! 7788123", "7788123", ""),
        ("LPR-778812", "LPR-778812", ""),
        ("lpr 778812", "LPR-778812", ""),
        ("LPR778812", "LPR-778812", ""),
        (LAPOR, "7788123", LAPOR),
        ("www.lapor.go.id/laporan/detil/7788123/", "7788123", f"{LAPOR}/"),
        (f"{LAPOR[:-7]}jalan-rusak-7788123", "7788123", f"{LAPOR[:-7]}jalan-rusak-7788123"),
    ],
)
def test_a_number_of_lapor_is_taken_as_people_paste_it(desk, make_aspiration, pasted, number, link):
    row = make_aspiration()

    send(desk, row, "lapor", reference=pasted)

    row.refresh_from_db()
    assert (row.lapor_reference, row.lapor_url) == (number, link)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nomor 1234567 ya", "Tulis nomornya saja, misalnya 7788123"),
        ("sudah kami laporkan 7788123", "Tulis nomornya saja"),
        ("saya 123 anak", "Tulis nomornya saja"),
        ("rumah 123", "Tulis nomornya saja"),
        ("6402024108900001", "Tulis nomornya saja"),
        ("saya 12 anak", "paling sedikit tiga angka"),
        ("12", "paling sedikit tiga angka"),
        ("belum ada", "paling sedikit tiga angka"),
        ("https://www.lapor.go.id/laporan/detil/jalan-rusak", "Tautan ini tidak memuat nomornya."),
        ("https://lapor.go.id.contoh.id/7788123", "Tulis tautan https:// di lapor.go.id."),
    ],
)
def test_a_sentence_is_no_number_of_lapor_and_stays_to_be_mended(desk, make_aspiration, typed, sentence):
    row = make_aspiration()

    refused = send(desk, row, "lapor", reference=typed)

    row.refresh_from_db()
    assert row.lapor_reference == ""
    assert sentence in refused.text
    assert f'value="{typed}"' in refused.text


def test_of_a_pasted_link_and_one_typed_below_the_one_below_counts(desk, make_aspiration):
    row = make_aspiration()

    send(desk, row, "lapor", reference=LAPOR, url="https://www.lapor.go.id/lain")

    row.refresh_from_db()
    assert (row.lapor_reference, row.lapor_url) == ("7788123", "https://www.lapor.go.id/lain")


def test_the_same_number_of_lapor_is_told_of_once(desk, make_aspiration):
    row = make_aspiration()
    send(desk, row, "lapor", reference="7788123")

    again = send(desk, row, "lapor", reference="No. 778-8123")
    assert "Nomor dan tautan ini sudah tercatat." in again.text
    assert row.steps.filter(deed="refer").count() == 1

    send(desk, row, "lapor", reference="7788123", url=LAPOR)
    assert row.steps.filter(deed="refer").count() == 2


def test_of_two_numbers_of_lapor_the_second_is_asked_again(desk, browser_of, places, make_aspiration):
    row, neighbour = make_aspiration(), browser_of(make_officer("Nyoman", places["64.02"]))
    assert 'name="lapor-seen"' in desk.get(f"{reverse(QUEUE)}?usulan={row.pk}").text
    send(desk, row, "lapor", reference="LPR-1001", seen="")
    Reading.objects.all().delete()

    refused = send(neighbour, row, "lapor", reference="LPR-2002", seen="")

    row.refresh_from_db()
    assert (refused.status_code, row.lapor_reference) == (409, "LPR-1001")
    assert "baru saja disimpan dari halaman lain: LPR-1001" in refused.text
    assert 'value="LPR-2002"' in refused.text
    send(neighbour, row, "lapor", reference="LPR-2002", seen="LPR-1001")
    row.refresh_from_db()
    assert row.lapor_reference == "LPR-2002"


def test_what_was_handed_on_to_lapor_leads_there_and_what_was_not_is_a_file(desk, client, make_aspiration):
    row, other = make_aspiration("Jalan rusak"), make_aspiration("Lampu mati", text="Sejak Senin gelap.")
    for address in ("https://lapor.go.id.contoh.id/1", "http://www.lapor.go.id/1", "https://a@lapor.go.id/"):
        refused = send(desk, row, "lapor", reference="LPR-778812", url=address)
        assert "Tulis tautan https:// di lapor.go.id." in refused.text
    link = "https://www.lapor.go.id/laporan/detil/jalan-rusak"
    send(desk, row, "lapor", reference="LPR-778812", url=link)

    row.refresh_from_db()
    page = client.get(row.get_absolute_url()).text
    assert f'<a href="{link}" rel="noopener">LPR-778812</a>' in page
    assert "Tercatat di SP4N-LAPOR!" in page, "in its course"
    export = reverse("admin:aspirations_aspiration_export_csv")
    waiting = desk.post(f"{export}?lapor=belum").getvalue().decode()
    assert "Sejak Senin gelap." in waiting
    assert other.code in waiting
    assert row.code not in waiting
    handed_on = desk.post(f"{export}?lapor=sudah").getvalue().decode()
    assert link in handed_on
    assert other.code not in handed_on


def test_assigning_taking_back_answering_and_closing(desk, make_aspiration, public_works):
    row = make_aspiration()
    send(desk, row, "terima")
    send(desk, row, "serahkan", agency=public_works.pk, note="Mohon ditinjau.")
    assert row.turns.open().get().shows_sender is False
    send(desk, row, "ambil", note="Kami jawab sendiri.")
    send(desk, row, "mulai")
    send(desk, row, "jawab", text="Sudah.", outcome="planned")
    send(desk, row, "selesai", outcome="done")

    row.refresh_from_db()
    assert (row.status, row.outcome) == (Status.CLOSED, "done")


def test_what_is_the_same_is_merged_by_its_code(desk, make_aspiration):
    row, other = make_aspiration(), make_aspiration("Jalan di RT 03 rusak")
    page = desk.get(f"{reverse(QUEUE)}?usulan={row.pk}")
    assert other in page.context["alike"]

    refused = send(desk, row, "gabung", other="ASP-2020-000001")
    assert "Tidak ada usulan lain yang tampil dengan kode ini." in refused.text
    send(desk, row, "gabung", other=other.code.lower())

    row.refresh_from_db()
    assert (row.status, row.duplicate_of) == (Status.DUPLICATE, other)


@pytest.mark.parametrize(
    ("kind", "own", "other"),
    [("usulan", "planned", "informed"), ("pengaduan", "unfounded", "exempt"), ("permintaan", "exempt", "planned")],
)
def test_each_kind_ends_in_its_own_ways(desk, make_aspiration, kind, own, other):
    row = make_aspiration(kind=kind)

    refused = send(desk, row, "jawab", text="Sudah kami baca.", outcome=other)
    assert "outcome" in refused.context["form"].errors
    send(desk, row, "jawab", text="Sudah kami baca.", outcome=own)

    row.refresh_from_db()
    assert (row.status, row.outcome) == (Status.ANSWERED, own)


def test_whether_the_link_of_an_opd_went_out_is_seen_and_it_is_sent_again(desk, make_aspiration, made, public_works):
    row = make_aspiration()
    row.assign(public_works, by=made)
    page = f"{reverse(QUEUE)}?usulan={row.pk}"
    assert "Surel ke pu@kukar.contoh.id sedang dikirim." in desk.get(page).text
    assert row.open_turn.link in desk.get(page).text
    Dispatch.objects.update(given_up_at=timezone.now())
    assert "Periksa alamatnya" in desk.get(page).text

    public_works.email = "dpu@kukar.contoh.id"
    public_works.save()
    send(desk, row, "surati")

    letter = Dispatch.objects.get(address="dpu@kukar.contoh.id")
    assert letter.path == row.open_turn.link
    assert f"paling lambat {place_date(row.due_on)}." in letter.text
    Dispatch.objects.all().delete()
    assert "Surel ke" not in desk.get(page).text


@pytest.mark.parametrize("deed", ["terima", "tanya", "jawab"])
def test_every_deed_leads_to_the_next_of_the_list(desk, make_aspiration, deed):
    rows = [make_aspiration(f"Jalan rusak {number}") for number in range(3)]

    shown = send(desk, rows[1], deed, text="Sudah kami baca.", outcome="done", is_public="1").context["row"]

    assert shown == rows[2]


def test_an_opd_is_added_from_where_it_is_missing(desk, make_aspiration, places):
    row = make_aspiration()
    page = desk.get(f"{reverse(QUEUE)}?usulan={row.pk}").text
    assert "Belum ada OPD di wilayah ini." in page
    url = f"{reverse('admin:aspirations_agency_add')}?region={places['64.02'].pk}"

    assert url in page
    assert desk.get(url).status_code == 200


@pytest.mark.parametrize("name", ["agency", "answerterm", "answertemplate"])
def test_what_an_office_sets_up_begins_with_its_own_region(desk, places, name):
    form = desk.get(reverse(f"admin:aspirations_{name}_add")).context["adminform"].form

    assert form.get_initial_for_field(form.fields["region"], "region") == places["64.02"].pk


def test_an_empty_list_of_terms_says_what_holds(desk):
    assert (
        "menjawab usulan yang diterima 14 hari kerja"
        in desk.get(reverse("admin:aspirations_answerterm_changelist")).text
    )


def test_merging_into_what_is_of_elsewhere_is_refused_beside_the_code(desk, make_aspiration, places):
    row, far = make_aspiration(), make_aspiration("Jalan rusak", place=places["64.71.01.1001"])

    refused = send(desk, row, "gabung", other=far.code)

    assert "kabupaten/kota lain" in str(refused.context["form"].errors["other"])


@pytest.mark.parametrize(("deed", "place"), [("naikkan", ""), ("pindahkan", "64.71.01.1001")])
def test_a_second_click_that_finds_it_gone_is_no_error(desk, make_aspiration, places, deed, place):
    row = make_aspiration()

    ends = [send(desk, row, deed, note="Bukan wewenang kami.", place=place) for _time in range(2)]

    assert [end.status_code for end in ends] == [200, 200]
    assert "baru saja dilakukan" in ends[1].text


def test_what_is_held_is_let_through_or_refused(desk, make_aspiration):
    good, bad = make_aspiration("Slot parkir penuh"), make_aspiration("Slot gacor maxwin")
    page = desk.get(f"{reverse(QUEUE)}?daftar=ditahan")
    assert "iklan liar" in page.text

    send(desk, good, "lepas")
    send(desk, bad, "tolak", note="Iklan.")

    assert [row.is_public for row in Aspiration.objects.order_by("pk")] == [True, False]


@pytest.mark.parametrize(
    ("deed", "facts", "sentence"),
    [
        ("serahkan", {"note": "Mohon ditinjau."}, "Mohon ditinjau."),
        ("jawab", {"text": "Sudah diaspal."}, "Sudah diaspal."),
        ("jawab", {"text": "Hubungi NIK 6402024108909999.", "outcome": "done"}, "Jangan menulis NIK."),
        ("tolak", {}, "Belum dilakukan."),
        ("pindahkan", {"place": "Negeri Antah", "note": "x"}, "Wilayah ini tidak kami temukan."),
        ("pindahkan", {"place": "64.02.02.2003", "note": "x"}, "sudah di wilayah itu"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_done(deed, facts, sentence, desk, make_aspiration):
    row = make_aspiration()

    answer = send(desk, row, deed, **facts)

    row.refresh_from_db()
    assert row.status == Status.FORWARDED
    assert sentence in answer.text
    assert f'<details class="deed-form" id="{deed}" open>' in answer.text


def test_a_double_click_does_it_once(desk, make_aspiration):
    row = make_aspiration()

    send(desk, row, "tanya", text="Di mana?", is_public="1")
    answer = send(desk, row, "tanya", text="Di mana?", is_public="1")

    assert row.steps.filter(deed="ask").count() == 1
    assert "terketuk dua kali" in answer.text


def test_the_second_of_two_officers_is_told(desk, make_aspiration, browser_of, places):
    row = make_aspiration()
    other = browser_of(make_officer("Nyoman", places["64.02"]))
    send(other, row, "tolak", note="Bukan wewenang.")

    answer = send(desk, row, "terima")

    assert answer.status_code == 409
    assert "Mungkin orang lain baru saja menanganinya." in answer.text
    row.refresh_from_db()
    assert row.status == Status.REJECTED


@pytest.mark.parametrize("deed", ["terima", "serahkan", "jawab", "naikkan", "pindahkan", "gabung", "tolak", "lapor"])
def test_an_officer_of_elsewhere_finds_nothing_and_one_above_changes_nothing(
    deed, make_aspiration, browser_of, ratna, dewi, made
):
    row = make_aspiration()
    facts = {"note": "x", "text": "x", "outcome": "done", "reference": "1001", "place": "64.71", "other": "x"}

    assert send(browser_of(ratna), row, deed, **facts).status_code == 404
    assert send(browser_of(dewi), row, deed, **facts).status_code == 403

    row.refresh_from_db()
    assert (row.status, row.steps.count()) == (Status.FORWARDED, 1)


def test_only_the_office_that_has_it_reads_who_sent_it(desk, make_aspiration, browser_of, dewi, made):
    row = make_aspiration()
    above = browser_of(dewi)
    page = f"{reverse(QUEUE)}?usulan={row.pk}"
    assert "rini@contoh.id" in desk.get(page).text
    assert "rini@contoh.id" not in above.get(page).text

    row.escalate(by=made, note="Jalan provinsi.")

    assert "rini@contoh.id" not in desk.get(page).text
    assert "rini@contoh.id" in above.get(page).text


def test_an_answer_begins_with_a_template_of_the_office(desk, make_aspiration, places):
    row = make_aspiration()
    own = AnswerTemplate.objects.create(region=places["64.02"], title="Ditinjau", text="Akan kami tinjau.")
    foreign = AnswerTemplate.objects.create(region=places["64.71"], title="Kota", text="Balikpapan meninjau.")

    page = f"{reverse(QUEUE)}?usulan={row.pk}&contoh="

    assert "Akan kami tinjau." in desk.get(f"{page}{own.pk}").text
    assert "Balikpapan meninjau." not in desk.get(f"{page}{foreign.pk}").text
    assert desk.get(f"{page}x").status_code == 200


def test_an_opd_of_elsewhere_cannot_be_named(desk, make_aspiration, places, public_works):
    public_works.region = places["64.71"]
    public_works.save()
    row = make_aspiration()

    send(desk, row, "serahkan", agency=public_works.pk)

    row.refresh_from_db()
    assert row.agency is None


def test_a_full_list_costs_no_more_queries(desk, make_aspiration):
    first = make_aspiration()
    page = f"{reverse(QUEUE)}?usulan={first.pk}"

    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk.get(page)
        return len(queries)

    desk.get(page)
    with_one = cost()
    for number in range(3):
        make_aspiration(f"Pohon tumbang {number}")

    assert cost() == with_one < 60


def test_an_officer_enters_what_somebody_told(desk, made):
    form = OTHER_FORM | {"place": "64.02.02.2003", "sender_name": "Pak Udin", "client_uuid": "7b0c7f3e" * 4}

    for _time in range(2):
        answer = desk.post(reverse("admin:aspirations_aspiration_enter"), form, follow=True)

    row = Aspiration.objects.get()
    assert (row.entered_by, row.came_by, row.status) == (made, "telepon", Status.FORWARDED)
    assert row.code in answer.text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"place": "64.71"}, "Pilih tempat di wilayah Anda."),
        ({"place": ""}, "errornote"),
        ({"is_name_public": "on"}, "Tulis nama yang boleh tampil"),
        ({"came_by": "situs"}, "errornote"),
        ({"client_uuid": "x"}, "errornote"),
        ({"text": "NIK saya 6402024108909999"}, "Jangan menulis NIK."),
    ],
)
def test_what_is_entered_wrongly_is_said(facts, sentence, desk):
    form = OTHER_FORM | {"place": "64.02.02.2003", "client_uuid": "7b0c7f3e" * 4} | facts

    answer = desk.post(reverse("admin:aspirations_aspiration_enter"), form)

    assert sentence in answer.text
    assert not Aspiration.objects.exists()


def test_the_list_and_its_exports_are_without_the_sender(desk, make_aspiration):
    make_aspiration()
    texts = [desk.get(reverse("admin:aspirations_aspiration_changelist")).text]
    texts.append(desk.get(f"{reverse('admin:aspirations_aspiration_changelist')}?q=rini").text)
    export = desk.post(reverse("admin:aspirations_aspiration_export_csv"))
    texts.append((export.getvalue() if export.streaming else export.content).decode("utf-8-sig"))

    assert "Jalan di RT 03 berlubang" in texts[0]
    assert "Jalan di RT 03 berlubang" in texts[2]
    assert not [text for text in texts if "Rini" in text or "rini@" in text or "081234567890" in text]
