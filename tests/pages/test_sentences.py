"""What rows keep of sentences of ours is read in the language of the reader; what people wrote stays as it is."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from pages.sentences import in_words_of_reader, lines_in_words_of_reader, recognised, said

PUBLISHED, LEFT = _("Terbit: %(title)s"), _("%(name)s dibubarkan")


def in_english(words, sentence=""):
    with translation.override("en"):
        return in_words_of_reader(words, sentence)


def test_it_is_kept_in_the_language_of_the_site_whoever_said_it():
    with translation.override("en"):
        words = said(PUBLISHED, title="Panen padi")

    assert (words, words.sentence) == ("Terbit: Panen padi", "Terbit: %(title)s")


def test_a_sentence_is_translated_around_what_it_names():
    assert in_english("Terbit: Panen padi", "Terbit: %(title)s") == 'Published: <span lang="id">Panen padi</span>'


def test_a_reader_of_the_site_reads_what_was_said():
    assert in_words_of_reader("Terbit: <b>", "Terbit: %(title)s") == "Terbit: &lt;b&gt;"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Panen <padi>", ""),  # somebody's own
        ("Ditarik: Panen <padi>", "Terbit: %(title)s"),  # another than it was made of
        ("Terbit: Panen <padi>", "Kata lama: %(title)s"),  # that no release says any more
    ],
)
def test_what_is_not_known_is_shown_as_it_is_and_marked_as_indonesian(words, sentence):
    assert in_english(words, sentence) == f'<span lang="id">{words.replace("<padi>", "&lt;padi&gt;")}</span>'


def test_what_is_named_may_hold_any_sign():
    words = said(PUBLISHED, title="100% (panen) .* %(title)s")

    assert in_english(words, words.sentence).endswith('<span lang="id">100% (panen) .* %(title)s</span>')


def test_a_name_that_an_erasure_took_away_changes_nothing_around_it():
    words, sentence = said(LEFT, name="KIM Wayan"), "%(name)s dibubarkan"

    assert in_english(words, sentence) == in_english(words.replace("Wayan", "X"), sentence).replace("X", "Wayan")


def test_a_long_title_is_cut_and_still_read():
    words = said(PUBLISHED, title="padi " * 60)

    assert len(words) == 150
    assert in_english(words, words.sentence).startswith("Published: ")


def test_the_lines_of_a_text_that_are_ours_are_translated_and_the_others_marked():
    text = "Data diperbaiki petugas: nama <x>.\n\niklan atau spam\nMohon dibaca lagi."

    with translation.override("en"):
        lines = lines_in_words_of_reader(text).split("\n")

    assert "lang" in lines[0]
    assert "diperbaiki" not in lines[0]
    assert "<x>" not in lines[0]
    assert lines[1:] == ["", "advertising or spam", '<span lang="id">Mohon dibaca lagi.</span>']
    assert lines_in_words_of_reader(text) == text.replace("<x>", "&lt;x&gt;")


def test_a_label_of_ours_is_translated_inside_a_sentence_too():
    with translation.override("en"):
        line = lines_in_words_of_reader("Status: dijawab. Kini di: Diskominfo Kukar.")

    assert line == 'Status: answered. Now with: <span lang="id">Diskominfo Kukar</span>.'


def test_words_kept_without_their_sentence_are_recognised():
    assert recognised("Terbit: Panen", LEFT, PUBLISHED).sentence == "Terbit: %(title)s"
    assert recognised("Panen padi", LEFT, PUBLISHED).sentence == ""
