"""What a cell tells, however a person or a spreadsheet wrote it, and what of it is left where it is."""

import pytest

from communities.rosters.details import details_of
from communities.rosters.phones import PhoneRefused, read_phone

# Telephone numbers


@pytest.mark.parametrize(
    "text",
    [
        "81234567890.0", "81234567890,0", "81234567890,00", "81234567890", "081234567890 085612345678",
        "081234567890\n085612345678", "0812-3456-7890 dan 0856-1234-5678", "0812-3456-7890/0856-1234-5678",
        "0812 3456 7890; 0856 1234 5678", "https://wa.me/6281234567890", "wa.me/+6281234567890?text=Halo",
        "https://api.whatsapp.com/send?phone=6281234567890&text=x", "+62 (0)812 3456 7890", "+62812-3456-7890",
        "(+62) 812 3456 7890", "6281234567890", "62 812 3456 7890", "0062 812 3456 7890", "0812 3456 7890 (WA)",
        "WA: 0812.3456.7890", "Budi (081234567890)", "Budi: 0812 3456 7890 / Siti: 0856 1234 5678", "O81234567890",
        "'081234567890", '="081234567890"', "8.1234567890E+10", "8,1234567890E+10", "1. 081234567890 2. 085612345678",
        "08123456789 0", "081.234.567.890", "812.345.678.90", "+62 812\u20113456\u20117890", "0812:34567890",
        "0812_3456_7890", "08I234567890", "0812 3456 789O", "0812—3456—7890",
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written_and_another_behind_it_is_not_glued_on(text):
    assert read_phone(text).number == "081234567890"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(0541) 661234", "0541661234"), ("0541/661234", "0541661234"), ("541661234", "0541661234"),
        ("0541 661234 / 0812 3456 7890", "0541661234"), ("021-7345678", "0217345678"), ("7345678", "7345678"),
        ("+60 12-345 6789", "+60123456789"), ("0812 345 678 0856 1234 567", "0812345678"),
    ],
)  # fmt: skip
def test_numbers_of_offices_and_from_abroad_are_read(text, number):
    assert read_phone(text).number == number


@pytest.mark.parametrize("text", ["8.12346E+11", "8,12346E+11", "8.1E+10", "6,28123E+12", "812346000000"])
def test_a_number_whose_digits_are_gone_is_refused_with_the_way_to_mend_it(text):
    with pytest.raises(PhoneRefused, match=r"Di Excel, pilih kolomnya, ubah format sel menjadi Teks"):
        read_phone(text)


@pytest.mark.parametrize(
    "text", ["123", "0812xxxx7890", "081234567890085612345678", "6402061234567890", "lihat nomor sekretaris", "0812"]
)
def test_what_nobody_can_call_is_refused(text):
    with pytest.raises(PhoneRefused):
        read_phone(text)


def test_that_a_cell_held_more_numbers_is_told():
    facts = details_of({"name": "KIM Mekar", "phone": "0812-3456-7890 dan 0856-1234-5678"})

    assert facts.phone == "081234567890"
    assert "hanya yang pertama" in facts.left_out["phone"]
    assert not facts.faults


@pytest.mark.parametrize(
    ("column", "text", "rest"),
    [
        ("chair", "Ibu Rahma (0812-3456-7890)", "Ibu Rahma"),
        ("chair", "Ibu Rahma, HP 081234567890", "Ibu Rahma"),
        ("name", "KIM Mekar / WA 081234567890", "KIM Mekar"),
        ("address", "Jl. Mawar RT 008 RW 002, 75571, Telp. 0812 3456 7890", "Jl. Mawar RT 008 RW 002, 75571"),
    ],
)
def test_a_number_in_what_everyone_may_read_becomes_a_contact(column, text, rest):
    facts = details_of({"name": "KIM Mekar", column: text})

    assert getattr(facts, column) == rest
    assert facts.phone == "081234567890"
    assert "tidak tampil untuk umum" in facts.left_out[column]


# Addresses and accounts


@pytest.mark.parametrize(
    ("column", "text", "links"),
    [
        ("facebook", "KIM.Mekar", ["https://www.facebook.com/KIM.Mekar"]),
        ("facebook", "fb: kimmekar", ["https://www.facebook.com/kimmekar"]),
        ("facebook", "www.facebook.com/kimmekar", ["https://www.facebook.com/kimmekar"]),
        ("facebook", "https://www.facebook.com/profile.php?id=1000123", ["https://www.facebook.com/profile.php?id=1000123"]),
        ("facebook", "kimmekar.blogspot.com", ["https://kimmekar.blogspot.com"]),
        ("facebook", "KIM Mekar @kimmekar", ["https://www.facebook.com/kimmekar"]),
        ("instagram", "@kimmekar", ["https://www.instagram.com/kimmekar"]),
        ("instagram", "info.kukar.id", ["https://www.instagram.com/info.kukar.id"]),
        ("instagram", "@kim1 @kim2", ["https://www.instagram.com/kim1", "https://www.instagram.com/kim2"]),
        ("instagram", "@kim1/@kim2", ["https://www.instagram.com/kim1", "https://www.instagram.com/kim2"]),
        ("tiktok", "tiktok.com/@kimmekar", ["https://tiktok.com/@kimmekar"]),
        ("youtube", "UCabcdefghijklmnopqrstuv", ["https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv"]),
        ("social_media", "FB: kimmekar IG: @kim_mekar", ["https://www.facebook.com/kimmekar", "https://www.instagram.com/kim_mekar"]),
        ("social_media", "@kimmekar (IG)", ["https://www.instagram.com/kimmekar"]),
        ("website", "https://facebook.com/kimmekar", ["https://facebook.com/kimmekar"]),
    ],
)  # fmt: skip
def test_what_can_be_a_link_becomes_one(column, text, links):
    facts = details_of({"name": "KIM Mekar", column: text})

    assert facts.links == links
    assert not facts.left_out


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("facebook", "KIM Contoh Jaya"), ("youtube", "KIM Contoh TV"), ("facebook", "fb: KIM Contoh Jaya"),
        ("facebook", "facebook.com/KIM Contoh Jaya"), ("facebook", "facebook.com"), ("facebook", "2019"),
        ("social_media", "@kimmekar"), ("social_media", "kim@contoh.id"), ("website", "KIM Jaya Blog"),
        ("social_media", "https://wa.me/6281234567890"), ("social_media", "https://chat.whatsapp.com/AbCdEf"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_left_out_with_a_sentence(column, text):
    facts = details_of({"name": "KIM Mekar", column: text})

    assert facts.links == []
    assert facts.website == ""
    assert "bukan alamat laman" in facts.left_out[column]
    assert not facts.faults


@pytest.mark.parametrize("text", ["-", "ada", "Aktif", "belum ada", "√", "Facebook"])
def test_an_answer_is_no_account(text):
    facts = details_of({"name": "KIM Mekar", "facebook": text})

    assert facts.links == []
    assert not facts.left_out


def test_one_cell_may_hold_an_account_and_a_name():
    facts = details_of({"name": "KIM Mekar", "social_media": "FB: KIM Contoh Jaya, IG: @kimmekar"})

    assert facts.links == ["https://www.instagram.com/kimmekar"]
    assert "“KIM Contoh Jaya”" in facts.left_out["social_media"]


@pytest.mark.parametrize("text", ["kimmekar.id", "http//kimmekar.id", "htpps://kimmekar.id", "https ://kimmekar.id"])
def test_a_slip_in_the_beginning_of_an_address_is_mended(text):
    assert details_of({"name": "KIM Mekar", "website": text}).website == "https://kimmekar.id"


def test_contacts_and_links_are_put_in_order():
    facts = details_of(
        {
            "name": "KIM Mekar", "phone": "81234567890 / 0822", "email": "kim@contoh.id",
            "website": "kim-mekar.blogspot.com",
            "facebook": "KIM.Mekar", "instagram": "@kimmekar", "social_media": "https://youtube.com/@kim bukan alamat",
        }
    )  # fmt: skip

    assert not facts.faults
    assert (facts.phone, facts.email) == ("081234567890", "kim@contoh.id")
    assert facts.website == "https://kim-mekar.blogspot.com"
    assert facts.links == [
        "https://youtube.com/@kim", "https://www.facebook.com/KIM.Mekar", "https://www.instagram.com/kimmekar",
    ]  # fmt: skip


# Codes, decrees and the rest


@pytest.mark.parametrize(
    "text",
    ["64.02.02.2003", "6402022003", "6402022003.0", "64 02 02 2003", "64-02-02-2003", "'6402022003", "640202.2003"],
)
def test_a_code_is_read_with_and_without_its_points(text):
    assert details_of({"name": "KIM Mekar", "code": text}).places["code"] == "6402022003"


@pytest.mark.parametrize(
    ("text", "code"), [("6402020000", "640202"), ("6402000000", "6402"), ("12", ""), ("75571", "")]
)
def test_a_code_of_a_larger_place_may_be_filled_up_and_a_number_is_no_code(text, code):
    assert details_of({"name": "KIM Mekar", "code": text}).places["code"] == code


def test_a_decree_may_tell_its_day_behind_its_number():
    facts = details_of({"name": "KIM Mekar", "decree_number": "SK Camat No. 5/2019, tgl. 17 Mei 2019"})

    assert facts.decree_number == "SK Camat No. 5/2019"
    assert f"{facts.decree_date}" == "2019-05-17"


def test_the_first_of_several_days_is_taken_and_told():
    facts = details_of({"name": "KIM Mekar", "founded_on": "tgl. 5 s/d 7 Mei 2019"})

    assert f"{facts.founded_on}" == "2019-05-05"
    assert facts.notes == ["Tertulis “tgl. 5 s/d 7 Mei 2019” di daftar; yang dipakai awalnya."]


@pytest.mark.parametrize(
    ("said", "column", "word"),
    [
        ({"name": "KIM <b>"}, "name", "tanda"),
        ({"name": "K" * 121}, "name", "120"),
        ({"name": "KIM Mekar", "email": "bukan surel"}, "email", "surel"),
        ({"name": "KIM Mekar", "phone": "123"}, "phone", "telepon"),
        ({"name": "KIM Mekar", "founded_on": "1 Januari 2199"}, "founded_on", "belum tiba"),
    ],
)
def test_what_cannot_be_is_a_fault_of_its_cell_alone(said, column, word):
    faults = details_of(said).faults

    assert list(faults) == [column]
    assert word in faults[column]


def test_a_number_in_front_of_a_name_is_no_part_of_it():
    assert details_of({"name": "12. KIM Mekar"}).name == "KIM Mekar"
    assert details_of({"name": "212 Mekar"}).name == "212 Mekar"


def test_a_number_of_a_decree_has_no_zeros_behind_it():
    assert details_of({"name": "KIM Mekar", "decree_number": "5.0"}).decree_number == "5"
    assert details_of({"name": "KIM Mekar", "decree_number": "188.45/5"}).decree_number == "188.45/5"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("kim@contoh.id", "kim@contoh.id"), ("Email: kim@contoh.id", "kim@contoh.id"),
        ("kim@contoh.id / kim2@contoh.id", "kim@contoh.id"), ("kim@contoh.id kim2@contoh.id", "kim@contoh.id"),
        ("kim@contoh.id (ketua)", "kim@contoh.id"), ("kim@contoh.id; Budi", "kim@contoh.id"),
    ],
)  # fmt: skip
def test_the_first_address_of_a_cell_is_taken(text, address):
    assert details_of({"name": "KIM Mekar", "email": text}).email == address


@pytest.mark.parametrize("text", ["kim mekar@contoh.id", "kim@contoh,id", "kim@contoh", "@kim", "kim.contoh.id"])
def test_half_an_address_is_none(text):
    facts = details_of({"name": "KIM Mekar", "email": text})

    assert facts.email == ""
    assert list(facts.faults) == ["email"]


def test_a_number_is_the_name_of_no_kim():
    assert details_of({"name": "2026-13"}).faults == {"name": "Tulis namanya dengan huruf, bukan angka saja."}
    assert details_of({"name": "KIM 05"}).faults == {}
