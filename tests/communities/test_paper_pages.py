"""A paper is read at the desk as pictures of its pages: bounded, private as the paper itself, and never its file."""

import io

import pikepdf
import pytest
from conftest import make_pdf
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from communities import page_drawing, paper_pages
from communities.models import Paper

A4 = (1240, 1754)


def photo(kind="JPEG", size=(800, 600)):
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def of_pages(number):
    def change(pdf):
        for _ in range(number - 1):
            pdf.add_blank_page()

    return make_pdf(change=change)


def sheet(width, height):
    def change(pdf):
        pdf.pages[0].MediaBox = [0, 0, width, height]

    return make_pdf(change=change)


@pytest.fixture
def hand_in(mekar, siti):
    def hand_in(content, name="berita-acara.pdf"):
        facts = {"kind": "minutes", "name": name, "size": len(content), "uploaded_by": siti}
        return Paper.objects.create(community=mekar, file=ContentFile(content, name), **facts)

    return hand_in


def page_of(paper, number):
    return reverse("admin:communities_paper_page", args=[paper.pk, number])


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (of_pages(3), 3),
        (photo(), 1),
        (photo("PNG"), 1),
        (make_pdf(encryption=pikepdf.Encryption(owner="petugas", user="rahasia")), 0),
        (b"%PDF-1.7", 0),
        (b"bukan berkas", 0),
        (b"", 0),
    ],
)
def test_what_cannot_be_read_has_no_pages(content, number):
    assert page_drawing.count_of(content) == number


@pytest.mark.parametrize("content", [sheet(595, 842), sheet(14400, 14400), sheet(14400, 3), photo(size=(4000, 3000))])
def test_no_sheet_is_so_large_that_its_picture_is(content):
    picture = Image.open(io.BytesIO(page_drawing.drawn(content, 1)))

    assert max(picture.size) == page_drawing.LONGEST
    assert picture.format == "WEBP"


@pytest.mark.django_db
def test_pages_stand_beside_the_checklist_and_nobody_keeps_them(desk, mekar, hand_in):
    paper = hand_in(of_pages(2))

    page = desk.get(reverse("admin:communities_community_check", args=[mekar.pk])).text
    answer = desk.get(page_of(paper, 2))

    assert all(f'src="{page_of(paper, number)}"' in page for number in (1, 2))
    assert page_of(paper, 3) not in page
    assert Image.open(io.BytesIO(answer.content)).size == pytest.approx(A4, abs=200)
    assert answer["Content-Type"] == "image/webp"
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert desk.get(page_of(paper, 3)).status_code == 404


@pytest.mark.django_db
def test_a_locked_paper_says_so_in_words(desk, mekar, hand_in):
    paper = hand_in(make_pdf(encryption=pikepdf.Encryption(owner="petugas", user="rahasia")))

    page = desk.get(reverse("admin:communities_community_check", args=[mekar.pk])).text

    assert "rusak atau dikunci" in page
    assert reverse("admin:communities_paper_file", args=[paper.pk]) in page
    assert desk.get(page_of(paper, 1)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("was_read", [True, False])
def test_a_paper_whose_file_is_gone_is_told_so_until_it_is_restored(desk, mekar, hand_in, was_read):
    paper, beside = hand_in(make_pdf()), reverse("admin:communities_community_check", args=[mekar.pk])
    if was_read:
        desk.get(beside)
    content = paper.file.read()
    paper.file.storage.delete(paper.file.name)

    gone, picture = desk.get(beside).text, desk.get(page_of(paper, 1))
    paper.file.storage.save(paper.file.name, ContentFile(content))

    assert "tidak ada di penyimpanan" in gone
    assert "rusak atau dikunci" not in gone
    assert page_of(paper, 1) not in gone
    assert picture.status_code in (404, 422)
    assert page_of(paper, 1) in desk.get(beside).text


@pytest.mark.django_db
def test_a_page_that_takes_too_long_is_a_sentence(desk, hand_in, monkeypatch):
    paper = hand_in(make_pdf())
    assert paper_pages.page_counts([paper.file]) == {paper.file.name: 1}
    monkeypatch.setattr(paper_pages, "SECONDS", 0.001)

    answer = desk.get(page_of(paper, 1))

    assert answer.status_code == 422
    assert "tidak dapat digambar" in answer.text


@pytest.mark.django_db
def test_of_a_long_paper_the_first_pages_are_shown(desk, mekar, hand_in, monkeypatch):
    monkeypatch.setattr("communities.admin.documents.MOST_SHOWN", 2)
    paper = hand_in(of_pages(3))

    page = desk.get(reverse("admin:communities_community_check", args=[mekar.pk])).text

    assert page_of(paper, 2) in page
    assert page_of(paper, 3) not in page
    assert "Halaman selebihnya ada dalam berkasnya" in page
    assert desk.get(page_of(paper, 3)).status_code == 404


@pytest.mark.django_db
def test_the_decree_is_read_in_the_same_way(desk, mekar, make_decree):
    mekar.decree = make_decree(file=ContentFile(make_pdf(), "sk.pdf"))
    mekar.save()
    address = reverse("admin:communities_decree_page", args=[mekar.decree.pk, 1])

    assert address in desk.get(reverse("admin:communities_community_check", args=[mekar.pk])).text
    assert desk.get(address)["Content-Type"] == "image/webp"
