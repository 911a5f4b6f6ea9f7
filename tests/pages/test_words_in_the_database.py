"""What is kept of a text in the database, and what is asked of it."""

import pytest
from django.db import connection

from pages.words.terms import all_of, half_typed, phrase, terms_of


def holds(question, *texts):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [terms_of(*texts), question])
        return cursor.fetchone()[0]


def test_a_word_is_kept_by_its_root_and_as_it_was_written():
    terms = terms_of("Penanaman di RT 05", "Menanam.")

    assert terms == "'=penanaman':1 '=di':2 '=rt':3 '=5':4 '=menanam':6 '5' 'rt' 'tanam'"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("rw 05", "Kerja bakti di RT 03/RW 05"),
        ("kelurahan", "Rapat tingkat desa/kelurahan"),
        ("ikm", "Pelatihan UMKM/IKM"),
        ("warga", "Kegiatan selesai.Warga pulang."),
        ("jumat", "Sholat Jum'at berjamaah"),
        ("jumat", "Sholat Jum’at berjamaah"),
        ("covid 19", "Vaksinasi COVID-19"),
        ("hut ri 81", "HUT RI ke-81"),
        ("tanam", "Penanaman pohon"),
        ("tanam", "Menanam pohon"),
        ("mawar", "Bank Sampah “Mawar”"),
    ],
)
def test_a_text_is_found_however_it_is_said(asked, text):
    assert holds(all_of(asked), text)
    assert not holds(all_of(f"{asked} banjir"), text)


@pytest.mark.django_db
def test_a_beginning_is_of_the_word_that_was_written():
    assert holds(half_typed("pohon penanama"), "Penanaman pohon")
    assert not holds(half_typed("tana"), "Penanaman pohon")
    assert holds(half_typed("menanam"), "Penanaman pohon")


@pytest.mark.django_db
def test_a_phrase_is_as_it_was_written_and_within_one_field():
    texts = "Pupuk untuk padi", "Menanam"

    assert holds(phrase("untuk padi"), *texts)
    assert not holds(phrase("padi untuk"), *texts)
    assert not holds(phrase("pupuk padi"), *texts)
    assert not holds(phrase("padi menanam"), *texts)
    assert not holds(phrase("memupuk"), *texts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["' : & | ! ( ) <-> \\ * \0", "a" * 10_000, "=tanam:*", "O'Brien's \\'", "kata " * 20_000]
)
def test_whatever_is_written_can_be_kept(text):
    assert holds(all_of("pohon"), f"{text} pohon")


@pytest.mark.parametrize("text", ["", "di yang dan", "!!!", "-"])
def test_words_that_say_nothing_ask_for_nothing(text):
    assert all_of(text) == ""
