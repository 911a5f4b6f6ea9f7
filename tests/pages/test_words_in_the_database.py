"""What is kept of a text in the database, and what is asked of it."""

import pytest
from django.db import connection

from pages.words.asking import MAX_WORDS, Question, wanted_text
from pages.words.terms import terms_of

MINUSES = ["-", "\u2010", "\u2013", "\u2014", "\u2212"]  # hyphens, dashes, and the sign of arithmetic


def finds(typed, *texts, **options):
    question = Question(typed)
    assert question
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [terms_of(*texts), question.tsquery(**options)])
        return cursor.fetchone()[0]


def test_a_word_is_kept_by_its_root_and_as_it_was_written():
    terms = terms_of("Penanaman di RT 05", "Menanam.")

    assert terms == "'=' '=penanaman':1 '=di':2 '=rt':3 '=5':4 '=menanam':6 '5' 'rt' 'tanam'"


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
    assert finds(asked, text)
    assert finds(asked, text, careful=True)
    assert not finds(f"{asked} banjir", text)


@pytest.mark.django_db
def test_a_beginning_is_of_the_word_that_was_written():
    assert finds("pohon penanama", "Penanaman pohon")
    assert not finds("tana", "Penanaman pohon")
    assert finds("menanam", "Penanaman pohon")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ('"untuk padi"', True),
        ('"padi untuk"', False),
        ('"pupuk padi"', False),
        ('"padi menanam"', False),
        ('"memupuk"', False),
        ("memupuk", True),
        ("padi -menanam", False),
        ('padi -"padi untuk"', True),
        ("padi -jagung", True),
        *[(f"padi {minus}menanam", False) for minus in MINUSES],
        *[(f'padi {minus}"untuk padi"', False) for minus in MINUSES],
        *[(f"padi {minus} menanam", True) for minus in MINUSES],
        ("jagung atau padi", True),
        ("jagung atau padi ketan", False),
        ("jagung OR padi", True),
        ("atau padi atau", True),
    ],
)
def test_words_are_joined_refused_and_quoted(typed, is_found):
    assert finds(typed, "Pupuk untuk padi", "Menanam") == is_found


@pytest.mark.parametrize("minus", MINUSES)
def test_a_name_is_looked_for_without_what_any_minus_refuses(minus):
    assert wanted_text(f'posyandu {minus}balita {minus}"bank sampah" lima') == "posyandu lima"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["' : & | ! ( ) <-> \\ * \0", "a" * 10_000, "=tanam:*", "O'Brien's \\'", "kata " * 20_000]
)
def test_whatever_is_written_can_be_kept_and_asked(text):
    assert finds("pohon", f"{text} pohon")
    assert finds(f"pohon {text[:1_000]}", f"pohon {text}")


@pytest.mark.parametrize("typed", ["", "di yang dan", "!!!", "-", '""', "-banjir", "atau", "banjir atau -padi"])
def test_words_that_say_nothing_ask_for_nothing(typed):
    assert not Question(typed)


def test_nobody_asks_for_more_than_ten_words():
    assert Question("a.b-c " * 50).tsquery().count("&") < MAX_WORDS
