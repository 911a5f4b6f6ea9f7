"""What is kept of a text in the database, and what is asked of it."""

import pytest
from django.db import connection

from pages.words.terms import all_of, half_typed, phrase, terms_of


def holds(question, *fields):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [terms_of(*fields), question])
        return cursor.fetchone()[0]


def test_a_word_is_kept_by_its_root_and_as_it_was_written():
    terms = terms_of(("A", "Penanaman di RT 05"), ("C", "Menanam."))

    assert terms == "'5':4A '=5':4A '=di':2A '=menanam':6C '=penanaman':1A '=rt':3A 'rt':3A 'tanam':1A,6C"


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
    assert holds(all_of(asked), ("A", text))
    assert not holds(all_of(f"{asked} banjir"), ("A", text))


@pytest.mark.django_db
def test_a_beginning_is_of_the_word_that_was_written():
    assert holds(half_typed("pohon penanama"), ("A", "Penanaman pohon"))
    assert not holds(half_typed("tana"), ("A", "Penanaman pohon"))
    assert holds(half_typed("menanam"), ("A", "Penanaman pohon"))


@pytest.mark.django_db
def test_a_phrase_is_as_it_was_written_and_within_one_field():
    fields = ("A", "Pupuk untuk padi"), ("C", "Menanam")

    assert holds(phrase("untuk padi"), *fields)
    assert not holds(phrase("padi untuk"), *fields)
    assert not holds(phrase("pupuk padi"), *fields)
    assert not holds(phrase("padi menanam"), *fields)
    assert not holds(phrase("memupuk"), *fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["' : & | ! ( ) <-> \\ * \0", "a" * 10_000, "=tanam:*", "O'Brien's \\'", "kata " * 20_000]
)
def test_whatever_is_written_can_be_kept(text):
    assert holds(all_of("pohon"), ("A", f"{text} pohon"))


@pytest.mark.parametrize("text", ["", "di yang dan", "!!!", "-"])
def test_words_that_say_nothing_ask_for_nothing(text):
    assert all_of(text) == ""
