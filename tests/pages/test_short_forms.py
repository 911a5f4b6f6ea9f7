"""What people call by its first letters, found by its long name, and the other way round."""

import pytest
from django.db import connection

from pages.words import words_of_text
from pages.words.asking import Question
from pages.words.short_forms import FORMS, OTHER_FORMS, telling
from pages.words.terms import terms_of

IN_FULL = "Warga diajak mencegah demam berdarah sejak musim hujan."


def finds(typed, text, **options):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [terms_of(text), Question(typed).tsquery(**options)])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("dbd", IN_FULL),
        ("DBD musim hujan", IN_FULL),
        ("mencegah dbd", IN_FULL),
        ("demam berdarah", "Fogging cegah DBD di RT 3"),
        ("demam berdarah dengue", "Fogging cegah DBD di RT 3"),
        ("cegah demam berdarah", "Fogging cegah DBD di RT 3"),
        ("bansos", "Penyaluran bantuan sosial tahap dua"),
        ("bantuan sosial", "Penyaluran bansos tahap dua"),
        ("bayar pajak bumi dan bangunan", "Warga membayar PBB"),
        ("pbb", "Warga membayar pajak bumi dan bangunan"),
        ("KTP-el", "Perekaman KTP elektronik di balai desa"),
        ("e-KTP", "Perekaman KTP-el di balai desa"),
        ("ktp", "Mengurus kartu tanda penduduk"),
        ("BUMDes", "Badan Usaha Milik Desa membuka toko"),
        ("bumdesa", "BUMDes membuka toko"),
    ],
)
def test_both_forms_find_each_other(typed, text, careful):
    assert finds(typed, text, careful=careful)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("dbd", "Demam tinggi, tekanan darah berdarah-darah"),
        ("bansos", "Bantuan warga untuk media sosial desa"),
        ('"bansos"', "Penyaluran bantuan sosial"),
        ('"bantuan sosial"', "Penyaluran bansos"),
        ("penyaluran -bansos", "Penyaluran bantuan sosial"),
        ("bantuan -sosial", "Penyaluran bansos dan bantuan sosial"),
    ],
)
def test_only_the_whole_of_it_is_the_same_and_what_is_quoted_stays_as_it_is(typed, text):
    assert not finds(typed, text)


def test_each_form_is_of_one_thing():
    lines = [{telling(words_of_text(form)) for form in line.split("=")} for line in FORMS.strip().splitlines()]

    assert sum(map(len, lines)) == len(set().union(*lines)) == len(OTHER_FORMS)


def test_a_question_full_of_them_stays_within_its_limit():
    assert Question("dbd pkk bumdes umkm " * 50).tsquery().count("=") < 100


def test_words_found_are_marked_in_either_form(client, make_post):
    make_post(title="Cegah demam berdarah")

    page = client.get("/cari/", {"q": "dbd"})

    assert "<mark>demam</mark> <mark>berdarah</mark>" in page.text
