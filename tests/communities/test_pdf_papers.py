"""Which PDFs are taken as a paper: what is packed inside is looked at too. What is made here does no harm."""

import io

import pikepdf
import pytest
from conftest import make_pdf
from django.core.files.uploadedfile import SimpleUploadedFile
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name

from communities import papers, pdf_inspection
from communities.papers import PaperRefused, read_paper


def read(content):
    return read_paper([SimpleUploadedFile("berita.pdf", content)]).content


def at_opening(**action):
    def change(pdf):
        pdf.Root.OpenAction = pdf.make_indirect(Dictionary(**action))

    return change


def on_the_page(**link):
    def change(pdf):
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, **link))])

    return change


def to_the_first_page(pdf):
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


def named_script(pdf):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", Dictionary(S=Name.JavaScript, JS="1")])))


def script_of_a_field(pdf):
    field = Dictionary(FT=Name.Tx, T="nama", AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS="1")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def page_after_page(pdf):
    then = Dictionary(S=Name.URI, URI="https://desa.example")
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.GoTo, D="awal", Next=Array([then])))


def attached(pdf):
    pdf.attachments["catatan.txt"] = b"isi"


def attached_on_the_page(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, FS=Dictionary(F="catatan.txt"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def xfa(pdf):
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


@pytest.mark.parametrize(
    "change", [None, to_the_first_page, on_the_page(A=Dictionary(S=Name.URI, URI="https://desa.example"))]
)
def test_a_plain_pdf_is_taken_as_it_is(change):
    content = make_pdf(change=change)

    assert read(content) == content


def test_a_pdf_that_another_program_wrote_is_taken():
    sheet = FPDF()
    sheet.add_page()
    content = bytes(sheet.output())

    assert read(content) == content


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (at_opening(S=Name.JavaScript, JS="1"), "JavaScript"),
        (named_script, "JavaScript"),
        (script_of_a_field, "JavaScript"),
        (at_opening(S=Name.URI, URI="https://desa.example"), "membuka program"),
        (page_after_page, "membuka program"),
        (on_the_page(A=Dictionary(S=Name.Launch, F="catatan.txt")), "membuka program"),
        (on_the_page(A=Dictionary(S=Name.SubmitForm, F="https://desa.example")), "membuka program"),
        (attached, "berkas lain"),
        (attached_on_the_page, "berkas lain"),
        (xfa, "formulir isian"),
    ],
)
def test_a_pdf_that_holds_more_than_pages_is_refused(change, why):
    content = make_pdf(change=change)

    with pytest.raises(PaperRefused, match=why):
        read(content)


def test_what_is_refused_stands_nowhere_in_the_bytes():
    content = make_pdf(change=named_script)

    assert b"/JavaScript" not in content
    with pytest.raises(PaperRefused, match="JavaScript"):
        read(content)


@pytest.mark.parametrize("word", ["rahasia", ""])
def test_a_locked_pdf_is_refused_whoever_may_open_it(word):
    content = make_pdf(encryption=pikepdf.Encryption(owner="petugas", user=word))

    with pytest.raises(PaperRefused, match="kata sandi"):
        read(content)


def test_a_pdf_without_pages_is_refused():
    file = io.BytesIO()
    pikepdf.new().save(file)

    with pytest.raises(PaperRefused, match="rusak"):
        read(file.getvalue())


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(papers, "INSPECTION_SECONDS", 0.001)

    with pytest.raises(PaperRefused, match="terlalu rumit"):
        read(make_pdf())


def test_an_inspection_that_breaks_down_refuses(monkeypatch, tmp_path):
    (tmp_path / "broken.py").write_text("raise MemoryError")
    monkeypatch.setattr(papers, "INSPECTOR", tmp_path / "broken.py")

    with pytest.raises(PaperRefused, match="terlalu rumit"):
        read(make_pdf())


def test_a_pdf_of_too_many_parts_or_steps_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_inspection, "MOST_OBJECTS", 2)
    assert pdf_inspection.found_in(make_pdf()) == "complex"

    monkeypatch.undo()
    monkeypatch.setattr(pdf_inspection, "MOST_ACTIONS", 1)
    assert pdf_inspection.found_in(make_pdf(change=page_after_page)) == "launch"
