"""What belongs to a person does not stay: neither in a roster's rows, nor in a file, nor in the trail."""

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from accounts.models import AuditEntry
from accounts.personal_numbers import kinds
from communities.models import Community, Membership, RosterImport, RosterRow
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check
from communities.rosters.columns import is_personal
from communities.rosters.correcting import correct, do_without_faults
from communities.rosters.receiving import receive
from communities.rosters.undoing import undo
from communities.tasks import let_go_of_uploads

HEADINGS = "NO;NAMA KIM;DESA;KECAMATAN;KETUA"
MEKAR = "1;KIM Mekar Jaya;Desa Jembayan;Kec. Loa Kulu;Ibu Rahma"

NIK = "6402024108900001"


@pytest.fixture
def brought(made, places):
    def bring(*lines, headings=HEADINGS):
        file = ContentFile("\n".join([headings, *lines]).encode(), name="KIM Kukar.csv")
        roster = receive(file, by=made, region=places["64.02"])
        check(roster)
        return roster

    return bring


def carried_out(roster, by):
    roster.approve(by=by)
    carry_out(roster)
    return roster


def statuses(roster):
    return list(roster.rows.values_list("status", flat=True))


def everything_kept(roster):
    """All that is left of a roster: its row, its lines, and what lies in the folder of files."""
    folder = Path(settings.MEDIA_ROOT)
    files = [path for path in folder.rglob("*") if path.is_file()]
    texts = [repr(vars(roster)), *(repr(vars(row)) for row in roster.rows.all())]
    for path in files:
        with zipfile.ZipFile(path) as archive:
            texts += [archive.read(name).decode() for name in archive.namelist()]
    trail = [f"{entry.before}{entry.after}" for entry in AuditEntry.objects.all()]
    return "\n".join([*texts, *map(str, files), *trail])


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("KETUA", f"Siti Aminah ({NIK})"),
        ("HP", NIK),
        ("HP", f"0812-3456-7890 / {NIK}"),
        ("ALAMAT", "Jl. Kenanga 4, NIK 6402.0241.0890.0001"),
        ("ALAMAT", "Rek. BRI 1234-01-012345-50-1"),
        ("NO SK", "KK 6402020101150002"),
        ("KETUA", "Siti, NPWP 01.234.567.8-901.000"),
        ("BIDANG", f"perikanan {NIK}"),
        ("EMAIL", f"{NIK}@contoh.id"),
        ("KETUA", "Siti 6402\u200b0241\u200b0890\u200b0001"),
        ("KETUA", '"Siti 64020241\n08900001"'),
    ],
)
def test_a_cell_with_a_personal_number_is_a_fault_and_the_number_is_not_kept(brought, made, column, cell):
    roster = brought(f"KIM Mekar;Jembayan;Loa Kulu;{cell}", headings=f"NAMA KIM;DESA;KECAMATAN;{column}")
    carried_out(roster, made)

    row = roster.rows.get()
    assert row.status == RosterRow.Status.ERROR
    assert "NIK, nomor KK, NPWP, atau rekening" in row.problems[0]
    assert kinds(row.cells[3]) == []
    assert not Community.objects.exists()
    assert kinds(everything_kept(roster)) == []


def test_such_a_cell_is_written_anew_or_done_without_and_never_with_a_number(brought, made):
    lines = [f"{at};KIM Mekar {at};Jembayan;Loa Kulu;Siti {NIK}" for at in range(3)]
    roster = brought(*lines)
    first, second, _third = roster.rows.all()

    correct(roster, {first: {"chair": "Ibu Siti"}, second: {"chair": f"Ibu Siti, {NIK}"}})
    assert statuses(roster) == ["matched", "error", "error"]
    assert roster.rows.get(pk=second.pk).corrections == {"chair": "Ibu Siti, ••••"}

    do_without_faults(roster)
    carried_out(roster, made)
    assert Community.objects.count() == 3
    assert [member.name for member in Membership.objects.all()] == ["Ibu Siti"]


@pytest.mark.parametrize(
    "heading",
    ["NIK", "NIK KETUA", "Nomor Induk Kependudukan", "NO. KTP", "No KK", "NPWP", "NO. REKENING", "REKENING BANK",
     "NIK (16 digit)", "TEMPAT, TGL LAHIR", "AGAMA", "Nomor Identitas Ketua"],
)  # fmt: skip
def test_a_column_of_what_belongs_to_a_person_is_left_out_and_that_is_said(brought, made, heading):
    lines = ["KIM Mekar;Jembayan;Loa Kulu;rahasia-1;Ibu Rahma", "KIM Maju;Jembayan;Loa Kulu;640202410890;Pak Gede"]
    roster = brought(*lines, headings=f"NAMA KIM;DESA;KECAMATAN;{heading};KETUA")
    kept = everything_kept(roster)
    carried_out(roster, made)

    assert heading in roster.remarks[0]
    assert "rahasia" not in kept
    assert "640202410890" not in kept
    assert list(roster.rows.values_list("cells", flat=True)) == [
        ["KIM Mekar", "Jembayan", "Loa Kulu", "", "Ibu Rahma"],
        ["KIM Maju", "Jembayan", "Loa Kulu", "", "Pak Gede"],
    ]
    assert Community.objects.count() == 2


@pytest.mark.parametrize("heading", ["JUMLAH KK", "NAMA KETUA", "KECAMATAN", "HARI LAHIR KIM", "KEGIATAN", "BAGIAN"])
def test_a_column_of_anything_else_stays(heading):
    assert not is_personal(heading)


def test_a_column_of_such_numbers_is_known_by_what_it_holds(brought):
    numbers = [NIK, "6402 0205 0780 0002", "6402.02.010115.0003", "640202110100"]
    roster = brought(
        *(f"KIM Mekar {at};Jembayan;Loa Kulu;{number}" for at, number in enumerate(numbers)),
        headings="NAMA KIM;DESA;KECAMATAN;DATA",
    )

    assert "DATA" in roster.remarks[0]
    assert set(statuses(roster)) == {"matched"}
    assert "6402" not in "".join(cell for row in roster.rows.all() for cell in row.cells)


def test_the_columns_can_be_named_again_after_the_upload_is_gone(brought, made):
    roster = brought(f"KIM Mekar Jaya;Jembayan;Loa Kulu;{NIK}", headings="PERKUMPULAN;D;K;NIK")
    assert roster.status == RosterImport.Status.FAILED

    roster.map_columns({"name": 0, "village": 1, "district": 2, "chair": 3})
    check(roster)
    carried_out(roster, made)

    assert Community.objects.get().name == "KIM Mekar Jaya"
    assert not Membership.objects.exists()


def test_a_workbook_is_let_go_of_with_all_its_sheets(made, places):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet(f"Anggota {NIK}")):
        sheet.append(["NAMA KIM", "DESA", "KECAMATAN", "NIK", "KETUA"])
        sheet.append(["KIM Mekar", "Jembayan", "Loa Kulu", int(NIK), "Ibu Rahma"])
        sheet.append(["KIM Maju", "Jembayan", "Loa Kulu", float(NIK), f"Gede {NIK}"])
    file = io.BytesIO()
    book.save(file)
    roster = receive(ContentFile(file.getvalue(), name=f"KIM {NIK}.xlsx"), by=made, region=places["64.02"])

    check(roster)

    assert roster.name == "KIM ••••.xlsx"
    assert statuses(roster)[:2] == ["matched", "error"]
    assert NIK not in everything_kept(roster)


def test_a_file_that_cannot_be_read_is_deleted_too_and_asked_for_once_more(made, places):
    whole, file = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(whole)
    with zipfile.ZipFile(whole) as members, zipfile.ZipFile(file, "w") as archive:
        for name in members.namelist():
            archive.writestr(name, f"<{NIK}" if "sheet1.xml" in name else members.read(name))
    roster = receive(ContentFile(file.getvalue(), name="rusak.xlsx"), by=made, region=places["64.02"])

    check(roster)
    assert "tidak dapat dibaca" in roster.problem
    assert NIK not in everything_kept(roster)

    roster.start_again()
    check(roster)
    assert roster.problem == "Berkas ini tidak disimpan lagi. Unggah sekali lagi."


def test_uploads_that_nobody_reads_any_more_are_let_go_of(brought):
    storage = RosterImport.file.field.storage
    roster = brought(MEKAR)
    former, stray, new = (
        storage.save(f"rosters/{name}", ContentFile(text.encode()))
        for name, text in (("lama.csv", f"{HEADINGS};NIK\n{MEKAR};{NIK}"), ("a.upload", NIK), ("b.upload", "NAMA"))
    )
    os.utime(storage.path(stray), (0, 0))
    RosterImport.objects.update(file=former, headings=[*HEADINGS.split(";"), "NIK"])
    roster.rows.update(cells=[*MEKAR.split(";"), NIK])

    for _twice in (1, 2):
        let_go_of_uploads.call()

    roster.refresh_from_db()
    assert [storage.exists(name) for name in (former, stray, new)] == [False, False, True]
    storage.delete(new)
    assert NIK not in everything_kept(roster)
    assert roster.rows.get().cells == [*MEKAR.split(";"), ""]


def test_the_file_of_a_roster_that_was_carried_out_goes_and_the_roster_is_still_undone(brought, made):
    roster = carried_out(brought(MEKAR), made)
    storage, name = roster.file.storage, roster.file.name

    let_go_of_uploads.call()

    roster.refresh_from_db()
    assert not roster.file
    assert not storage.exists(name)
    assert "Ibu Rahma" in roster.rows.get().cells
    roster.ask_to_undo(by=made)
    undo(roster)
    roster.refresh_from_db()
    assert (roster.status, Community.objects.exists()) == ("undone", False)


def test_a_row_that_was_checked_before_there_was_a_guard_becomes_no_kim(brought, made):
    roster = brought(MEKAR)
    cells = MEKAR.replace("Ibu Rahma", f"Ibu Rahma {NIK}").split(";")
    roster.rows.update(cells=cells)

    carried_out(roster, made)

    assert statuses(roster) == ["error"]
    assert not Community.objects.exists()
