"""A formula is arithmetic over names of facts and nothing else; what is wrong with one is said when it is written."""

from decimal import Decimal

import pytest

from evaluations.facts import FACTS
from evaluations.formulas import Formula, WrongFormula

KNOWN = {"berita", "galeri", "bulan_aktif"}
FEW = {"berita": Decimal(7), "galeri": Decimal(2), "bulan_aktif": Decimal(0)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("berita", "7.0000"),
        ("berita + galeri * 3", "13.0000"),
        ("(berita + galeri) * 3", "27.0000"),
        ("min(berita, 5) + max(galeri, 4, 3)", "9.0000"),
        ("berita / max(galeri + bulan_aktif, 1)", "3.5000"),
        ("berita / 3", "2.3333"),
        ("2 / 3 * berita", "4.6667"),
        ("0.1 + 0.2 + bulan_aktif", "0.3000"),
        ("-berita + 10", "3.0000"),
        ("galeri / (berita + 1)", "0.2500"),
        ("  berita  ", "7.0000"),
    ],
)
def test_a_formula_is_reckoned_exactly(text, value):
    assert str(Formula(text, KNOWN).value(FEW)) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12 + 3", "tidak menyebut satu fakta pun"),
        ("beritaa", "beritaa"),
        ("berita / galeri", "menjadi nol"),
        ("berita / 0", "menjadi nol"),
        ("berita / (galeri - 1)", "menjadi nol"),
        ("berita / min(galeri, 1)", "menjadi nol"),
        ("berita +", "tidak terbaca"),
        ("(" * 150 + "berita" + ")" * 140, "tidak terbaca"),
        ("", "tidak terbaca"),
        ("\x00", "tidak terbaca"),
        ("berita" + " + berita" * 60, "paling panjang 300"),
        ("1234567890 * berita", "digit"),
        ("1e300 * berita", "digit"),
        ("1e999 * berita", "digit"),
        ("berita ** 9", "hanya nama fakta"),
        ("berita // 2", "hanya nama fakta"),
        ("berita if galeri else 1", "hanya nama fakta"),
        ("__import__('os').getcwd()", "hanya nama fakta"),
        ("berita.__class__", "hanya nama fakta"),
        ("abs(berita)", "hanya nama fakta"),
        ("min()", "hanya nama fakta"),
        ("min(*berita)", "hanya nama fakta"),
        ("max(berita, key=galeri)", "hanya nama fakta"),
        ("True + berita", "hanya nama fakta"),
        ("'berita'", "hanya nama fakta"),
        ("[berita]", "hanya nama fakta"),
        ("berita; galeri", "tidak terbaca"),
        ("1_000 * beritá", "beritá"),
    ],
)
def test_what_is_wrong_with_a_formula_is_said_in_a_sentence(text, said):
    with pytest.raises(WrongFormula) as refused:
        Formula(text, KNOWN)

    assert said in str(refused.value)


def test_a_formula_knows_which_facts_it_names():
    assert Formula("min(berita, 5) + galeri", FACTS).names == {"berita", "galeri"}
