"""Made imports the roster of his regency at the desk: upload, columns, places, carrying out."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from communities.models import Community, RosterImport, RosterRow
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check
from communities.rosters.undoing import undo

pytestmark = pytest.mark.django_db

WORK = {"check_roster": check, "carry_out_roster": carry_out, "undo_roster": undo}
ADD = "admin:communities_rosterimport_add"
HEADINGS = "NAMA KIM;DESA;KECAMATAN"
TWO_ROWS = f"{HEADINGS}\nKIM Mekar Jaya;Desa Jembayan;Kec. Loa Kulu\nKIM Antah;Desa Antah;Kec. Loa Kulu"


@pytest.fixture(autouse=True)
def worker(monkeypatch):
    """The worker takes up each job when a test says so."""
    jobs = []
    for name in WORK:
        job = type("Job", (), {"enqueue": lambda self, pk, name=name: jobs.append((name, pk))})()
        monkeypatch.setattr(f"communities.admin.rosters.{name}", job)
    return jobs


def work_off(jobs):
    while jobs:
        name, pk = jobs.pop(0)
        WORK[name](RosterImport.objects.get(pk=pk))


@pytest.fixture
def desk(client, made, with_second_factor):
    client.force_login(with_second_factor(made))
    return client


@pytest.fixture
def upload(desk, places):
    def send(text=TWO_ROWS, name="KIM Kukar.csv", region="64.02", **more):
        file = ContentFile(text if isinstance(text, bytes) else text.encode(), name=name)
        return desk.post(reverse(ADD), {"file": file, "region": places[region].pk, **more})

    return send


@pytest.fixture
def workbook_of():
    """The bytes of a workbook of `{title: rows}`."""

    def make(sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return make


@pytest.fixture
def roster(upload, worker):
    upload()
    work_off(worker)
    return RosterImport.objects.get()


def page_of(roster):
    return address_of("change", roster)


def test_a_file_that_comes_twice_from_one_page_is_imported_once(upload):
    page = {"csrfmiddlewaretoken": "of this page"}
    upload(**page)

    again = upload(**page)

    assert again.url == reverse("admin:communities_rosterimport_changelist")
    assert RosterImport.objects.count() == 1
    upload(csrfmiddlewaretoken="of another page")
    assert RosterImport.objects.count() == 2


def test_a_file_that_was_refused_may_be_sent_again(upload):
    page = {"csrfmiddlewaretoken": "of this page"}

    assert [upload(b"PK\x05\x06" + b"\0" * 18, **page).status_code for _time in range(2)] == [200, 200]


def address_of(name, roster):
    return reverse(f"admin:communities_rosterimport_{name}", args=[roster.pk])


def run(desk, roster, **sent):
    roster.refresh_from_db()
    return desk.post(address_of("run", roster), {"seen": roster.state, "is_looked_through": "on"} | sent)


def test_a_roster_is_uploaded_checked_mended_and_carried_out(desk, upload, worker, places):
    page = upload()
    roster = RosterImport.objects.get()
    assert page.url == page_of(roster)
    assert 'http-equiv="refresh"' in desk.get(page.url).text

    work_off(worker)
    shown = desk.get(page.url).text
    assert 'http-equiv="refresh"' not in shown
    assert "KIM Antah" in shown
    assert "tempat tidak ditemukan" in shown

    row = roster.rows.get(status="not_found")
    desk.post(page.url, {"deed": "rows", f"c{row.pk}": "Jembayan Tengah"})
    row.refresh_from_db()
    assert (row.region, row.status) == (places["64.02.02.2011"], RosterRow.Status.MATCHED)

    run(desk, roster)
    run(desk, roster)  # a second click
    assert worker == [("carry_out_roster", roster.pk)]
    work_off(worker)
    assert {kim.name: kim.is_old_data for kim in Community.objects.all()} == {"KIM Mekar Jaya": True, "KIM Antah": True}
    kim = Community.objects.get(name="KIM Antah")
    assert kim.desk_path in desk.get(page.url).text

    desk.post(reverse("admin:communities_community_deed", args=[kim.pk, "konfirmasi"]), {"note": ""})
    kim.refresh_from_db()
    assert not kim.is_old_data


def test_columns_are_shown_by_hand(desk, upload, worker):
    upload("PERKUMPULAN;D;K\nKIM Mekar Jaya;Desa Jembayan;Kec. Loa Kulu")
    work_off(worker)
    roster = RosterImport.objects.get()

    refused = desk.post(page_of(roster), {"deed": "columns", "k1": "village", "k2": "village"})
    assert refused.status_code == 422
    assert "Tunjukkan kolom mana yang berisi nama KIM." in refused.text

    desk.post(page_of(roster), {"deed": "columns", "k0": "name", "k1": "village", "k2": "district"})
    work_off(worker)
    assert list(roster.rows.values_list("status", flat=True)) == ["matched"]


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        (b"", "kosong.csv", "kosong"),
        (b"\x89PNG\r\n", "daftar.xlsx", "Berkas ini bukan XLSX"),
        (b"PK\x03\x04 tidak utuh", "daftar.xlsx", "XLSX"),
        ("nama,desa", "judul saja.csv", "Daftar ini tidak berisi KIM."),
        (f"DAFTAR KIM\n{HEADINGS}\n;;\n{HEADINGS}\n", "judul saja.csv", "Daftar ini tidak berisi KIM."),
        ("hello", "hello.xlsx", "Tidak ada baris judul kolom."),
        (f"{HEADINGS}\n" + "KIM Mekar;Jembayan;Loa Kulu\n" * 5_001, "panjang.csv", "lebih dari 5.000 baris"),
    ],
)
def test_what_is_no_roster_is_refused_beside_the_field(upload, text, name, sentence):
    page = upload(text, name)

    assert page.status_code == 200
    assert sentence in page.text
    assert not RosterImport.objects.exists()


def test_a_workbook_is_refused_beside_the_field_where_its_one_sheet_is_too_long(upload, workbook_of):
    rows = [["NAMA KIM", "DESA", "KECAMATAN"], *([f"KIM {number}", "Jembayan", "Loa Kulu"] for number in range(20_000))]

    page = upload(workbook_of({"KIM": rows}), "daftar.xlsx")

    assert page.context["form"].errors == {"file": ["Daftar ini lebih dari 5.000 baris. Bagi menjadi beberapa berkas."]}
    assert not RosterImport.objects.exists()


def test_rows_that_hold_nothing_and_other_sheets_make_no_roster_too_long(upload, workbook_of):
    rows = [["NAMA KIM", "DESA", "KECAMATAN"], ["KIM Mekar", "Jembayan", "Loa Kulu"], *([[""] * 3] * 6_000)]

    for sheets in ({"KIM": rows}, {"KIM": rows[:2], "Penduduk": [["Nama", "RT"], *([["Budi", 3]] * 6_000)]}):
        upload(workbook_of(sheets), "daftar.xlsx")

    assert RosterImport.objects.count() == 2


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_that_lacks_a_part_is_refused_beside_the_field(upload, workbook_of, member):
    whole, broken = zipfile.ZipFile(io.BytesIO(workbook_of({"KIM": [["NAMA KIM"]]}))), io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, b"<bukan" if name == member else whole.read(name))

    page = upload(broken.getvalue(), "hello.xlsx")

    assert "tidak dapat dibaca" in page.context["form"].errors["file"][0]
    assert not RosterImport.objects.exists()


NO_ROWS = "Daftar ini tidak berisi KIM. Tulis paling sedikit satu baris di bawah judul kolomnya."
NO_WORKBOOK = "Berkas ini bukan XLSX. Simpan daftar sebagai XLSX atau CSV."


def test_a_workbook_of_headings_alone_is_refused_beside_the_field(upload, workbook_of):
    page = upload(workbook_of({"KIM": [["NAMA KIM", "DESA"]]}), "daftar.xlsx")

    assert page.context["form"].errors == {"file": [NO_ROWS]}
    assert not RosterImport.objects.exists()


def test_where_only_reading_it_shows_that_it_has_no_rows_its_page_says_so(desk, upload, worker, workbook_of):
    upload(workbook_of({"KIM": [["DAFTAR KIM"], ["NAMA KIM", "DESA"]]}), "daftar.xlsx")
    work_off(worker)

    roster = RosterImport.objects.get()
    assert (roster.status, roster.problem) == (RosterImport.Status.FAILED, NO_ROWS)
    assert NO_ROWS in desk.get(page_of(roster)).text


@pytest.mark.parametrize("member", ["mimetype", "[Content_Types].xml"])
@pytest.mark.parametrize("more", [[], ["xl/workbook.xml"]])
def test_an_open_document_is_told_what_it_is_to_be_saved_as(upload, member, more):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in [member, "content.xml", *more]:
            archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet" if name == member else "<a/>")
    whole = file.getvalue()

    for content in (whole, whole[:-30], whole[:100]):
        assert upload(content, "daftar.ods").context["form"].errors == {"file": [NO_WORKBOOK]}


def test_a_workbook_in_which_an_open_document_is_embedded_is_taken(upload, workbook_of):
    rows = [["NAMA KIM", "DESA"], ["KIM Mekar", "Jembayan"]]
    plain, file = zipfile.ZipFile(io.BytesIO(workbook_of({"KIM": rows}))), io.BytesIO()
    default = b'<Default Extension="ods" ContentType="application/vnd.oasis.opendocument.spreadsheet"/></Types>'
    with zipfile.ZipFile(file, "w") as archive:
        for name in plain.namelist():
            archive.writestr(name, plain.read(name).replace(b"</Types>", default))

    upload(file.getvalue(), "daftar.xlsx")

    assert RosterImport.objects.count() == 1


def test_only_own_regions_can_be_brought_in(upload):
    page = upload(region="64.71")

    assert page.status_code == 200
    assert not RosterImport.objects.exists()


def test_the_officer_next_door_sees_and_changes_nothing(client, roster, ratna, with_second_factor, places):
    client.force_login(with_second_factor(ratna))
    row = roster.rows.get(status="not_found")

    assert client.get(page_of(roster)).status_code == 404
    for deed in ("again", "rows", "columns", "sheets", "dates", "keep", "without"):
        assert client.post(page_of(roster), {"deed": deed, f"c{row.pk}": "Jembayan"}).status_code == 404
    for kind in ("csv", "xlsx"):
        address = reverse("admin:communities_rosterimport_result", args=[roster.pk, kind])
        assert client.get(address).status_code == 404
    for name in ("run", "undo"):
        assert client.get(address_of(name, roster)).status_code == 404
        assert client.post(address_of(name, roster), {"is_looked_through": "on"}).status_code == 404
    row.refresh_from_db()
    assert row.status == "not_found"


def test_a_place_outside_the_region_is_refused(desk, roster, places):
    row = roster.rows.get(status="not_found")

    page = desk.post(page_of(roster), {"deed": "rows", f"c{row.pk}": "Manggar"}, follow=True)

    assert "Tempat ini di luar wilayah daftar." in page.text
    row.refresh_from_db()
    assert row.status == "not_found"


def test_what_was_found_can_be_taken_along(desk, roster):
    answer = desk.get(reverse("admin:communities_rosterimport_result", args=[roster.pk, "csv"]))

    assert "KIM Antah" in answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == f'attachment; filename="daftar-{roster.pk}.csv"'
    assert desk.get(reverse("admin:communities_rosterimport_result", args=[roster.pk, "xlsx"])).content[:2] == b"PK"


def test_a_page_of_rows_costs_the_same_for_one_and_for_many(desk, upload, worker, django_assert_max_num_queries):
    upload("\n".join([HEADINGS, *(f"KIM Mekar {number};Jembayan;Loa Kulu" for number in range(120))]))
    work_off(worker)
    roster = RosterImport.objects.get()

    with django_assert_max_num_queries(14):
        page = desk.get(page_of(roster))

    assert len(page.context["rows"]) == 50
    assert "sesudah=0.51" in page.text
    assert len(desk.get(f"{page_of(roster)}?sesudah=0.101").context["rows"]) == 20


SPOILT = "\n".join(
    [
        "NAMA KIM;DESA;KECAMATAN;HP;TANGGAL BERDIRI",
        "KIM Mekar;Jembayan;Loa Kulu;8.12346E+11;31/2/2019",
        "KIM Maju;Jembayan;Loa Kulu;123;",
    ]
)


@pytest.fixture
def spoilt(upload, worker):
    upload(SPOILT)
    work_off(worker)
    return RosterImport.objects.get()


def test_what_is_wrong_with_a_cell_describes_its_field_and_shows_no_markup_of_the_file(desk, spoilt):
    row = spoilt.rows.first()
    spoilt.rows.filter(pk=row.pk).update(faults={"phone": "“<b>0812</b>” bukan nomor telepon."})

    page = desk.get(page_of(spoilt)).text

    assert f'aria-describedby="id_k{row.pk}-phone_helptext"' in page
    assert "&lt;b&gt;0812&lt;/b&gt;” bukan nomor telepon." in page
    assert "<b>0812</b>" not in page

    page = desk.post(page_of(spoilt), {"deed": "rows", f"k{row.pk}-phone": "8.99999E+11"}).text

    assert f'aria-describedby="id_k{row.pk}-phone_error"' in page
    assert 'value="8.99999E+11"' in page


def test_a_wrong_cell_is_corrected_beside_its_row(desk, spoilt):
    row, other = spoilt.rows.all()
    page = desk.get(page_of(spoilt)).text
    assert "Angka terakhir nomor “8.12346E+11” hilang" in page
    assert f'name="k{row.pk}-phone"' in page

    desk.post(
        page_of(spoilt),
        {
            "deed": "rows",
            f"k{row.pk}-phone": "0812 3456 7890",
            f"k{row.pk}-founded_on": "",
            f"k{other.pk}-phone": "123",
        },
    )

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.status, row.by_column["phone"]) == ("matched", "0812 3456 7890")
    assert other.status == "error"


def test_any_cell_of_an_open_row_can_be_written_anew_and_what_nobody_touched_is_no_correction(desk, spoilt):
    row = spoilt.rows.first()
    page = desk.get(page_of(spoilt))
    typed = {cell.field.html_name: cell.text for _row, _fields, cells in page.context["rows"] for cell in cells}
    typed |= {fields.seen.html_name: fields.seen.value() for _row, fields, _cells in page.context["rows"]}

    desk.post(page_of(spoilt), typed | {"deed": "rows", f"k{row.pk}-name": "KIM Mekar Sari"})

    row.refresh_from_db()
    assert row.corrections == {"name": "KIM Mekar Sari"}
    assert spoilt.rows.last().corrections == {}
    again = desk.post(page_of(spoilt), typed | {"deed": "rows", f"k{row.pk}-name": "KIM Lain"})
    assert "baru saja diubah dari halaman lain" in again.text


def test_rows_that_match_are_folded_away_while_others_wait(desk, upload, worker):
    upload("NAMA KIM;DESA;KECAMATAN\nKIM Mekar;Jembayan;Loa Kulu\nKIM Jauh;Antah;Berantah")
    work_off(worker)
    roster = RosterImport.objects.get()

    page = desk.get(page_of(roster))
    everything = desk.get(f"{page_of(roster)}?status=semua")

    assert [row.name for row, _fields, _cells in page.context["rows"]] == ["KIM Jauh"]
    assert [row.name for row in page.context["folded"]] == ["KIM Mekar"]
    assert "1 baris sudah cocok" in page.text
    assert len(everything.context["rows"]) == 2
    assert not everything.context["folded"]


def test_a_corrected_cell_is_shown_as_it_was_corrected_before_and_after_it_is_carried_out(desk, upload, worker):
    upload("NAMA KIM;DESA;KECAMATAN;HP;ALAMAT\nKIM Maju;Jembayan;Loa Kulu;8.12346E+11;Jalan 6402021203900001 Loa")
    work_off(worker)
    roster = RosterImport.objects.get()
    row = roster.rows.get()
    told = {f"k{row.pk}-phone": "0812 3456 7890", f"k{row.pk}-address": "Jalan Melati 3"}

    desk.post(page_of(roster), {"deed": "rows", **told})

    page = desk.get(page_of(roster)).text
    assert 'value="0812 3456 7890"' in page
    assert 'value="Jalan Melati 3"' in page
    assert "Jalan Melati 3" in desk.get(address_of("run", roster)).text
    run(desk, roster)
    work_off(worker)
    page = desk.get(page_of(roster)).text
    assert "0812 3456 7890" in page
    assert "Jalan Melati 3" in page
    assert "Selesai: 1 KIM dari daftar ini sudah tampil" in page
    assert "Jalan Melati 3" in desk.get(reverse("admin:communities_rosterimport_result", args=[roster.pk, "csv"])).text


def test_a_correction_that_is_wrong_again_is_refused_beside_its_field_and_nothing_typed_is_lost(desk, spoilt):
    row, other = spoilt.rows.all()
    sent = {"deed": "rows", f"k{row.pk}-phone": "0812 345", f"k{other.pk}-phone": "081234567890"}

    page = desk.post(page_of(spoilt), sent)

    assert page.status_code == 422
    assert "Nomor telepon “0812 345” tidak dapat dibaca." in page.text
    assert 'value="0812 345"' in page.text
    assert 'value="081234567890"' in page.text
    assert not spoilt.rows.exclude(corrections={}).exists()


def test_a_place_and_a_cell_of_one_row_are_saved_together(desk, upload, worker, places):
    upload("NAMA KIM;DESA;HP\nKIM Antah;Antah;123")
    work_off(worker)
    roster = RosterImport.objects.get()
    row = roster.rows.get()

    desk.post(page_of(roster), {"deed": "rows", f"k{row.pk}-phone": "", f"c{row.pk}": "Jembayan Tengah"})

    row.refresh_from_db()
    assert (row.status, row.region) == ("matched", places["64.02.02.2011"])


def test_what_somebody_else_corrected_meanwhile_is_told(desk, spoilt):
    row = spoilt.rows.first()
    desk.post(page_of(spoilt), {"deed": "rows", f"k{row.pk}-phone": "081234567890", f"k{row.pk}-founded_on": ""})

    page = desk.post(page_of(spoilt), {"deed": "rows", f"k{row.pk}-phone": "085612345678"})

    assert "baru saja diubah dari halaman lain" in page.text
    row.refresh_from_db()
    assert row.by_column["phone"] == "081234567890"


def test_all_come_in_without_their_wrong_cells_when_the_officer_says_so(desk, spoilt):
    page = desk.post(page_of(spoilt), {"deed": "without"}, follow=True)

    assert "2 baris dibaca tanpa sel yang salah." in page.text
    assert list(spoilt.rows.values_list("status", flat=True)) == ["matched", "matched"]


def test_which_sheets_are_meant_is_asked_and_said(desk, upload, worker, workbook_of):
    upload(
        workbook_of(
            {
                "2023": [["NAMA KIM", "DESA"], ["KIM Lama", "Jembayan"]],
                "2024": [["NAMA KIM", "DESA"], ["KIM Baru", "Jembayan"]],
            }
        ),
        "KIM.xlsx",
    )
    work_off(worker)
    roster = RosterImport.objects.get()
    assert "Lembar mana yang berisi daftar KIM?" in desk.get(page_of(roster)).text

    refused = desk.post(page_of(roster), {"deed": "sheets"})
    assert (refused.status_code, "paling sedikit satu lembar" in refused.text) == (422, True)
    desk.post(page_of(roster), {"deed": "sheets", "s0": "on", "s1": "on"})
    work_off(worker)

    assert [row.position_in_file for row in roster.rows.select_related("roster")] == ["2023, 2", "2024, 2"]
    assert "Lembar mana yang berisi" not in desk.get(page_of(roster)).text


def test_rows_that_are_left_out_are_folded_and_can_be_taken_back(desk, upload, worker):
    upload(f"{HEADINGS}\nKIM Mekar;Jembayan;Loa Kulu\nJumlah;;\nDaftar Kita;;")
    work_off(worker)
    roster = RosterImport.objects.get()
    page = desk.get(page_of(roster))
    assert "2 baris dilewati" in page.text
    assert [row.name for row, _fields, _cells in page.context["rows"]] == ["KIM Mekar"]

    desk.post(page_of(roster), {"deed": "keep", "keep": [roster.rows.get(number=4).pk, "x"]})
    work_off(worker)

    assert list(roster.rows.values_list("status", flat=True)) == ["matched", "left_out", "not_found"]


def test_how_dates_are_written_is_asked_and_said(desk, upload, worker):
    upload("NAMA KIM;DESA;TANGGAL BERDIRI\nKIM Mekar;Jembayan;05/17/2019")
    work_off(worker)
    roster = RosterImport.objects.get()
    assert "“05/17/2019” hanya ada di kalender bila bulan ditulis dahulu" in desk.get(page_of(roster)).text

    desk.post(page_of(roster), {"deed": "dates", "month_first": "1"})
    work_off(worker)

    assert roster.rows.get().status == "matched"
    assert "bulan ditulis dahulu" not in desk.get(page_of(roster)).text


# What everyone will see


PUBLIC = "\n".join(
    [
        "NAMA KIM;DESA;KECAMATAN;KETUA;HP;ALAMAT;INSTAGRAM;SUREL",
        "KIM Mekar;Jembayan;Loa Kulu;Ibu Rahma;081234567890;Balai desa;@kimmekar;kim@contoh.id",
        "KIM Maju;Jembayan Tengah;Loa Kulu;;;;;",
        "KIM Salah;Antah;Loa Kulu;;;;;",
    ]
)


@pytest.fixture
def public(upload, worker):
    upload(PUBLIC)
    work_off(worker)
    return RosterImport.objects.get()


def test_what_becomes_public_is_shown_before_anything_does(desk, public, worker):
    page = desk.get(address_of("run", public))

    summary = page.context["summary"]
    assert summary.number == 2
    assert dict(summary.public) == {
        "nama, nomor dan tempat KIM": 2,
        "nama ketua": 1,
        "alamat sekretariat": 1,
        "situs dan media sosial": 1,
    }
    assert dict(summary.private) == {"telepon": 1, "surel": 1}
    for word in ("Ibu Rahma", "Balai desa", "https://www.instagram.com/kimmekar", "Jembayan Tengah"):
        assert word in page.text
    assert "081234567890" not in page.text
    assert "KIM Salah" not in page.text
    assert worker == []


def test_many_kims_are_looked_through_page_by_page(desk, upload, worker):
    upload("\n".join([HEADINGS, *(f"KIM Mekar {number};Jembayan;Loa Kulu" for number in range(60))]))
    work_off(worker)
    roster = RosterImport.objects.get()

    first = desk.get(address_of("run", roster))
    second = desk.get(f"{address_of('run', roster)}?sesudah=0.51")

    assert "sesudah=0.51" in first.text
    assert [row.details.name for row in second.context["rows"]] == [f"KIM Mekar {number}" for number in range(50, 60)]
    assert "Tampilkan 60 KIM" in first.text
    assert "Tampilkan 60 KIM" not in second.text


def test_nothing_becomes_public_before_the_officer_says_that_it_was_looked_through(desk, public, worker):
    page = run(desk, public, is_looked_through="")

    assert page.status_code == 422
    assert "Periksa dahulu yang akan tampil untuk umum" in page.text
    assert worker == []


def test_what_changed_since_the_summary_has_to_be_looked_through_again(desk, public, worker, places):
    seen = public.state
    row = public.rows.get(status="not_found")
    desk.post(page_of(public), {"deed": "rows", f"c{row.pk}": "Jembayan Tengah"})

    page = run(desk, public, seen=seen)

    assert page.status_code == 409
    assert "berubah sejak Anda membuka ringkasannya" in page.text
    assert page.context["summary"].number == 3
    assert worker == []


def test_a_roster_with_questions_or_without_rows_cannot_be_run(desk, upload, worker):
    upload("NAMA KIM;DESA;TANGGAL BERDIRI\nKIM Mekar;Jembayan;05/17/2019")
    work_off(worker)
    roster = RosterImport.objects.get()

    assert "Jawab dahulu" in desk.get(address_of("run", roster)).text
    assert run(desk, roster).status_code == 409
    assert worker == []


# Taking it back


def test_an_import_is_taken_back_with_one_button_after_a_summary(desk, public, worker):
    run(desk, public)
    work_off(worker)
    assert "Batalkan impor ini" in desk.get(page_of(public)).text
    page = desk.get(address_of("undo", public))
    assert "2 KIM hilang" in page.text
    assert "1 nama ketua dihapus" in page.text

    desk.post(address_of("undo", public))
    desk.post(address_of("undo", public))  # a second click
    assert worker == [("undo_roster", public.pk)]
    work_off(worker)

    assert not Community.objects.exists()
    assert "2 KIM dari daftar ini ditarik kembali oleh Made" in desk.get(page_of(public)).text


def test_what_was_added_since_is_named_and_keeps_the_import(desk, public, worker, made):
    run(desk, public)
    work_off(worker)
    Community.objects.get(name="KIM Mekar").confirm(by=made)

    page = desk.get(address_of("undo", public))
    refused = desk.post(address_of("undo", public), follow=True)

    assert "1 KIM sudah berubah sejak diimpor" in page.text
    assert [community.name for community, _words in page.context["found"].touched] == ["KIM Mekar"]
    assert "misalnya KIM Mekar" in refused.text
    assert worker == []
    assert Community.objects.count() == 2
