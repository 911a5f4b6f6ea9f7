"""What is shown of a text in which words were found."""

import pytest

from pages.words.extracts import LENGTH, Sought, extract, marked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Warga menanam pohon.", "Warga <mark>menanam</mark> pohon."),
        ("Penanaman, COVID-19 & Jum’at", "<mark>Penanaman</mark>, COVID-19 &amp; <mark>Jum’at</mark>"),
        ("tana", "tana"),
        ("<b>tanam</b>", "&lt;b&gt;<mark>tanam</mark>&lt;/b&gt;"),
    ],
)
def test_the_forms_of_a_word_are_marked(text, shown):
    assert marked(text, Sought({"tanam", "jumat"})) == shown


def test_words_with_a_beginning_are_marked():
    assert marked("Posyandu dan posko", Sought(set(), beginning="posy")) == "<mark>Posyandu</mark> dan posko"


def test_an_extract_is_where_most_of_the_words_stand():
    text = "Pohon tumbang. " + "Kabar lain lagi. " * 40 + "Warga menanam pohon di sini. " + "Selesai. " * 40

    shown = extract(text, Sought({"tanam", "pohon"}))

    assert "Warga menanam pohon di sini." in shown
    assert len(shown.split()) == LENGTH


@pytest.mark.parametrize("text", ["", "!!!", "Pohon.", "Satu dua tiga. " * 30, "pohon " * 5_000])
def test_an_extract_is_a_part_of_its_text(text):
    assert extract(text, Sought({"pohon"})) in text
    assert len(extract(text, Sought({"pohon"})).split()) <= LENGTH


def test_an_extract_of_the_end_keeps_the_last_sign():
    assert extract("Satu dua. " * 40 + "Pohon!", Sought({"pohon"})).endswith("Pohon!")


def test_nobody_reads_on_where_all_the_words_stand():
    sought = Sought({"tanam", "pohon"})

    extract("Pohon tumbang. " + "Kabar lain. " * 40 + "Warga menanam pohon. " + "Selesai. " * 40, sought)

    assert "pohon" in sought
    assert "Selesai" not in sought
