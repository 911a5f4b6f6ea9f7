"""Which numbers belong to a person, however they are written, and which only look as if they did."""

import pytest
from django.core.exceptions import ValidationError

from accounts.personal_numbers import MASK, Kind, kinds, no_personal_number, without

NIK, FAMILY, TAX, ACCOUNT = Kind.NIK, Kind.FAMILY, Kind.TAX, Kind.ACCOUNT

PERSONAL = [
    # A NIK in every grouping in which people write it.
    ("6402024108900001", NIK),
    ("6402 0241 0890 0001", NIK),
    ("6402-0241-0890-0001", NIK),
    ("6402.0241.0890.0001", NIK),
    ("6402–0241–0890–0001", NIK),
    ("64.02.02.410890.0001", NIK),
    ("64.02.02.41.08.90.0001", NIK),
    ("640202 410890 0001", NIK),
    ("64 02 02 410890 0001", NIK),
    ("640202-4108900001", NIK),
    ("64020241 08900001", NIK),
    ("6402.02.410890.0001", NIK),
    ("640.202.410.890.0001", NIK),
    ("6 4 0 2 0 2 4 1 0 8 9 0 0 0 0 1", NIK),
    ("6402\u00a00241\u00a00890\u00a00001", NIK),
    ("6402 - 0241 - 0890 - 0001", NIK),
    ("64 0202 4108 9000 01", NIK),
    ("640 202 410 890 0001", NIK),
    ("6402024108 900001", NIK),
    ("6402\u200b0241\u00ad0890\u20600001", NIK),
    ("٦٤٠٢٠٢٤١٠٨٩٠٠٠٠١", NIK),
    ("６４０２０２４１０８９００００１", NIK),
    ("6.402.024.108.900.001", NIK),
    ("6402024108900001.0", NIK),
    ("6402024108900000.0", NIK),
    ("6.4020241089E+15", NIK),
    ("6,40202410890000E+15", NIK),
    ("'6402024108900001", NIK),
    # Divided by other signs, by letters that look like a digit, or into pictures of digits.
    ("3201/0115/0185/0003", NIK),
    ("320101/150185/0003", NIK),
    ("3201, 0115, 0185, 0003", NIK),
    ("3201,0115,0185,0003", NIK),
    ("3201|0115|0185|0003", NIK),
    ("3201:0115:0185:0003", NIK),
    ("3201'0115'0185'0003", NIK),
    ("(3201)(0115)(0185)(0003)", NIK),
    ("**3201**0115**0185**0003**", NIK),
    ("_3201_0115_0185_0003_", NIK),
    ("3201…0115…0185…0003", NIK),
    ("3201     0115     0185     0003", NIK),
    ("32 01 01 15 01 85 00 03", NIK),
    ("32010 11501 85000 3", NIK),
    ("32 0 1 0 1 1 5 0 1 8 5 0 0 0 3", NIK),
    ("3201O11501850003", NIK),
    ("320101150185OOO3", NIK),
    ("".join(f"{digit}\ufe0f\u20e3" for digit in "3201011501850003"), NIK),
    # Behind a word that speaks of another number.
    ("Rp 3201011501850003", NIK),
    ("NIP 196512311990031007 6402024108900001", NIK),
    ("Total NIK: 3201011501850003 3201014502900001", NIK),
    ("1 3201011501850003 2 3201014502900001", NIK),
    # Within other words.
    ("Siti Aminah (6402024108900001)", NIK),
    ("Siti/6402024108900001/ketua", NIK),
    ("Jl. Kenanga 4 RT 03/RW 05, NIK 6402024108900001", NIK),
    ("NIK: 6402.0241.0890.0001, HP 0812-3456-7890", NIK),
    ("NIK6402024108900001", NIK),
    ("No. KTP : 6402024108900001", NIK),
    ("no e-KTP 6402 0241 0890 0001", NIK),
    ("081234567890 6402024108900001", NIK),
    ("081234567890 6402 0241 0890 0001", NIK),
    ("1. 6402 0241 0890 0001", NIK),
    ("6402024108900001@contoh.id", NIK),
    ("https://contoh.id/warga?nik=6402024108900001", NIK),
    ("6402020101150002", NIK),
    # As links and other programs write it.
    ("https://contoh.id/NIK%206402024108900003", NIK),
    ("https://wa.me/?text=NIK%206402%200241%200890%200003", NIK),
    ("6402%200241%200890%200003", NIK),
    ("6402%2D0241%2D0890%2D0003", NIK),
    ("https://contoh.id/?u=https%253A%252F%252Fwa.me%252F%253Ftext%253DNIK%25206402024108900003", NIK),
    ("%36%34%30%32%30%32%34%31%30%38%39%30%30%30%30%33", NIK),
    ("6402&nbsp;0241&nbsp;0890&#160;0003", NIK),
    ("6402024<b>108900003</b>", NIK),
    ('<span class="a">6402024</span>108900003', NIK),
    ("6402024**108900003**", NIK),
    # Broken over lines, behind the word that says what it is.
    ("NIK saya\n640202\n4108900003", NIK),
    ("NIK:\r\n6402 0241\r\n0890 0003", NIK),
    ("No. KK\n640202\n4108900003", FAMILY),
    # One that no office ever gave is still sixteen digits in a row, or is called a NIK.
    ("1234567890123456", NIK),
    ("1234-5678-9012-3456", NIK),
    ("NIK 1234 5678 9012 3456", NIK),
    ("NIK 640202410890001", NIK),
    # The number of a family has the form of a NIK: the word before it tells.
    ("KK 6402020101150002", FAMILY),
    ("No. KK: 6402-0201-0115-0002", FAMILY),
    ("Kartu Keluarga nomor 6402020101150002", FAMILY),
    ("no_kk 3201012003100012", FAMILY),
    ("NoKK: 3201012003100012", FAMILY),
    ("K.K. 3201012003100012", FAMILY),
    # NPWP, old and new.
    ("01.234.567.8-901.000", TAX),
    ("01.234.567.8 901.000", TAX),
    ("01.234.567.8.901.000", TAX),
    ("012345674901000", TAX),
    ("012345674-901000", TAX),
    ("NPWP 012345678901000", TAX),
    ("09254294-3407-000", TAX),
    ("npwp: 01 234 567 8 901 000", TAX),
    ("01 234 567 8 901 000", TAX),
    ("NPWP 09.254.294.3-407.000 a.n. Koperasi", TAX),
    ("0012345678901000", TAX),
    ("0012 3456 7890 1000", TAX),
    ("NPWP 6402024108900001", TAX),
    ("NPWP 0012345678901000000123", TAX),
    ("6402024108900001000000", TAX),
    # Accounts that are named as such.
    ("rek. BRI 1234-01-012345-50-1", ACCOUNT),
    ("1234-01-012345-50-1", ACCOUNT),
    ("1234 01 012345 50 1", ACCOUNT),
    ("No. Rekening 123401012345501", ACCOUNT),
    ("rekening Bank Mandiri 123-00-0123456-7 a.n. Siti", ACCOUNT),
    ("Norek 1234567890 BCA", ACCOUNT),
    ("BCA 1234567890", ACCOUNT),
    ("BNI: 0123456789", ACCOUNT),
    ("rek BCA 0812345678", ACCOUNT),
    ("1234567890 (BRI)", ACCOUNT),
    ("1234567890 a.n. Siti Aminah, Bank Kaltimtara", ACCOUNT),
    ("Rekening KIM Mekar Jaya di BSI: 7123456789", ACCOUNT),
    ("Donasi ke no rek. 1234 01 012345 50 1 a.n. Panitia", ACCOUNT),
    ("rekening 1234567890123456", ACCOUNT),
    ("norek.1234567890", ACCOUNT),
    ("Rek Mandiri: 1230012345678", ACCOUNT),
    ("No Rekening Bank BPD Kaltimtara 0011234567", ACCOUNT),
    ("rekening a.n. Siti Aminah: 1 2 3 4 5 6 7 8 9 0", ACCOUNT),
    ("mandiri 144-00-1234567-8", ACCOUNT),
    ("Bank Rakyat Indonesia 001201034567509", ACCOUNT),
    ("Bank Central Asia 5220304567", ACCOUNT),
    ("Bank Riau Kepri 1270812345", ACCOUNT),
    ("BPD Bali 0100202123456", ACCOUNT),
    ("OCBC 123456789012", ACCOUNT),
    ("BNI 0456789012 a/n Panitia HUT RI", ACCOUNT),
    ("5220304567 BCA a/n Siti", ACCOUNT),
    ("Silakan transfer ke 5220304567 a.n. Siti", ACCOUNT),
    ("account number 5220304567", ACCOUNT),
    ("acc no. 5220304567", ACCOUNT),
]

HARMLESS = [
    # Telephones.
    "0812-3456-7890",
    "+62 812 3456 7890",
    "6281234567890",
    "081234567890123",
    "0812 3456 7890 / 0856 1234 5678",
    "0812-3456-7890 dan 0856-1234-5678",
    "081234567890 085612345678",
    "(0541) 555123 / 0541-661234",
    "0541 661234 0541 661235",
    "021-5551234 ext. 1234",
    "https://wa.me/6281234567890",
    "8.12346E+11",
    "81234567890.0",
    "Agen BRILink 0812-3456-7890",
    "BRI Unit Loa Kulu 0541-661234",
    "rekening BRI, hubungi 0812-3456-7890",
    "Buka rekening di kantor pos, WA 081234567890",
    "0812-1111-2222-333",
    "0812 3230 9816 - 0857 2975 0034",
    "16-12-2025 0855 4242 9585",
    "73249 0541 2045398",
    "Ambulans Desa 0812-3456-7890 | Bidan 0813-1111-2222",
    "Bank Sampah Melati 0813 2222 3333",
    "BPD 0541 661234",
    "transfer pulsa ke 081234567890",
    "transfer ke DANA 081234567890",
    # What the portal itself gives out, and codes of places.
    "640202200301 0866 1150 97803",
    "640202200301 29-04 1997",
    "Bank Mandiri 64.02.02.2003",
    "KIM 640202200301",
    "Nomor KIM 6402022003100",
    "KIM Mandiri 640202200301",
    "640202200301 a.n. KIM Mekar",
    "64.02.02.2003",
    "6402022003",
    "6402022003 75571",
    "64.02.02.2003 75571",
    "64.02.02.2003 081234",
    "75571",
    "Jl. Kenanga No. 12 RT 003 RW 005 Kode Pos 75571",
    "ASP-2026-000123",
    # Decrees and letters.
    "012/SK-KIM/2026",
    "188.45/123/HK/2026",
    "470/1234/64.02.02.2003/2026",
    "800.1.11.1/1234/2026",
    "Nomor 141.3/Kep.12-2019 tanggal 11-09-2019",
    "Nomor AHU-0012345.AH.01.07.TAHUN 2019",
    "NIP 19651231 199003 1 007",
    "NIP. 196512311990031007",
    "NIP 19800101 200501 1 001, Kepala Dinas",
    "NUPTK 1234567890123456",
    # Money.
    "Rp 1.234.567.890.123",
    "APBDes 2.145.320.110 2.100.123.000 45.197.110",
    "cabai 45.000 bawang 32.000 telur 28.500",
    "45.000 32.000 28.500 14.000 12.000 15.500",
    "saldo rekening desa per 31-12-2025 125.450.300",
    "rekening listrik Juli 2026 345.600",
    "Kode Rekening 5.1.02.01.01.0024",
    "rekening belanja 5.1.02.01.01.0024",
    "Transfer ke Desa (TKDD) 1.028.377.000",
    "Rp 12.500.000",
    "Rp1.250.000.000.000.000",
    "1.250.000.000.000.000",
    "11.250.000-12.500.000",
    "Rp 1234567890123456",
    "rekening kas desa sebesar Rp 1.250.000.000",
    "rekening desa bertambah 1.250.000.000",
    # Days, hours, years, measures.
    "17-08-2026",
    "17-08-2026 18-08-2026",
    "11-12-2019 15-08-2021",
    "12-05-2012 06-05-2026",
    "17082026 18082026",
    "2019 2020 2021 2022",
    "2019-2020-2021-2022",
    "1995 1996 1997 1998",
    "2019-2024 2025-2030",
    "2026-08-17 09.30.00",
    "IMG_20260817_093000_1234",
    "1200 1350 1420 1510",
    "12 34 56 78 90 12 34 56",
    "-0.56123456, 117.01234567",
    "-6.200000 106.816666",
    "rekening dibuka 17-08-2026",
    "19-07-2003 09.59-00.05",
    "Buka rekening mulai 17-08-2026 08.00",
    "BRI Liga 1 2024-2025 34 laga",
    "Jumlah KK: 1.234 1.345 1.456 1.567",
    "Perekaman KTP: 1.234 1.345 1.456 1.567",
    "Jumlah penduduk wajib KTP 3201 1512 1890 2103",
    "7272 6420 1169 3972 4902",
    "| 2023 | 3201 | 1512 | 1890 |",
    "0.5612345678901234 117.0123456789012345",
    "-7.250445, 112.768845",
    # Numbers of things.
    "JNE 0123456789012345",
    "No. 3201/SK/2024 tanggal 01-02-2024",
    "P-IRT No. 2063402010012-26",
    "P-IRT 206640201023425",
    "NIB 1234567890123",
    "ID64110000123450220",
    "BPOM MD 867010001234",
    "ISBN 978-602-03-1234-5",
    "64.02.020.003.012-0123.0",
    "64.71.011.003.012-0123.0",
    "https://www.facebook.com/profile.php?id=100012345678901",
    "https://www.facebook.com/groups/2123456789012345/",
    "facebook.com/1234567890123456",
    # Signs that only look like those of other programs.
    "https://contoh.id/a%20b%202023%203201%201512%201890",
    "diskon 50%20 orang & 6402022003 %zz",
    "<td>2023</td><td>3201</td><td>1512</td><td>1890</td>",
    "KTP\n1234\n5678\n2023",
    "Jumlah KK\n1.234\n1.345\n1.456\n1.567",
    # Words.
    "Bantuan untuk 250 KK",
    "jumlah KK 1.250, penduduk 4.321",
    "Bawa fotokopi KTP, KK, dan NPWP.",
    "Bank sampah 081234567890",
    "",
]


@pytest.mark.parametrize(("text", "kind"), PERSONAL)
def test_a_personal_number_is_known_and_masked(text, kind):
    assert kinds(text) == [kind]
    assert MASK in without(text)
    assert kinds(without(text)) == []


@pytest.mark.parametrize("text", HARMLESS)
def test_any_other_number_stays(text):
    assert kinds(text) == []
    assert without(text) == text


def test_only_the_number_is_masked_and_each_of_several():
    assert without("Ibu Siti, NIK 6402 0241 0890 0001.") == f"Ibu Siti, NIK {MASK}."
    assert without("6402024108900001 6402020101150002") == f"{MASK} {MASK}"
    assert without("0812-3456-7890, 6402024108900001; 17-08-2026") == f"0812-3456-7890, {MASK}; 17-08-2026"
    assert without("NIK 6402024108900001\nHP 081234567890\nrek BRI 1234-01-012345-50-1") == (
        f"NIK {MASK}\nHP 081234567890\nrek BRI {MASK}"
    )


def test_no_half_of_what_makes_a_number_bold_is_left_beside_its_mask():
    assert without("Siti 6402024**108900003**, ketua") == f"Siti {MASK}, ketua"
    assert without("Siti **6402024**108900003, ketua") == f"Siti {MASK}, ketua"
    assert without("**Siti** 6402024108900003 **ketua**") == f"**Siti** {MASK} **ketua**"
    assert without("Siti 6402024<b>108900003</b>, ketua") == f"Siti {MASK}, ketua"
    assert without("Siti <b>6402024</b>108900003, ketua") == f"Siti {MASK}, ketua"
    assert without("https://contoh.id/NIK%206402024108900003?a=1") == f"https://contoh.id/NIK%20{MASK}?a=1"


def test_numbers_on_two_lines_are_two_numbers():
    assert kinds("64020241\n08900001") == []


def test_each_kind_is_refused_in_its_own_sentence():
    with pytest.raises(ValidationError) as refusal:
        no_personal_number("NIK 6402024108900001, rek. BRI 1234-01-012345-50-1")

    assert refusal.value.messages == [
        "Jangan menulis NIK. Portal ini tidak menyimpannya.",
        "Jangan menulis nomor rekening. Portal ini tidak menyimpannya.",
    ]


def test_nothing_is_refused_that_is_no_text():
    no_personal_number(None)
    no_personal_number("")


@pytest.mark.parametrize(
    "part",
    [
        "0 ",
        "08",
        "6402 ",
        "64 02 02 ",
        "1.",
        "rek BRI ",
        "6402024108900001 ",
        "1" * 15 + ".",
        "%25",
        "NIK ",
        "NIK\n1",
        "<b>",
    ],
)
def test_long_texts_are_read_to_their_end(part):
    text = part * (40_000 // len(part))

    assert MASK not in text
    assert MASK in without(f"{text}\nNIK 6402024108900001")
