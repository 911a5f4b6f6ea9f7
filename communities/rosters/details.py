"""What a row of a roster says about a KIM, and what is wrong with it, in sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.personal_numbers import MASK, without
from accounts.typed import WITHOUT_LETTERS, has_letters, plain_name
from communities.rosters.cells import is_nothing, unmarked, whole
from communities.rosters.columns import Column
from communities.rosters.dates import DateRefused, MonthFirstRefused, read_date
from communities.rosters.links import read_links
from communities.rosters.phones import PhoneRefused, read_phone, without_phones
from regions.terms import plain

MAX_NAME, MAX_CHAIR, MAX_DECREE_NUMBER, MAX_ADDRESS = 120, 120, 120, 200

GROUP_WORDS = re.compile(r"\b(kelompok|komunitas) informasi masyarakat\b|\bkim\b")
# "jalen media" and "sedarat kim id" are named after their villages.
OTHER_GROUP_WORDS = re.compile(r"\b(media|id|official|channel|blogspot|com|www)\b")

FIELD_WORDS = {
    "pemerintahan-layanan-publik": ["pemerintah", "layanan", "pelayanan", "publik", "informasi", "kominfo", "humas"],
    "ekonomi-umkm": ["ekonomi", "umkm", "ukm", "usaha", "olahan", "pengolahan", "kerajinan", "koperasi", "dagang"],
    "pertanian-perikanan": ["tani", "pertanian", "ikan", "perikanan", "ternak", "peternakan", "kebun", "perkebunan"],
    "kesehatan": ["kesehatan", "posyandu", "stunting", "gizi"],
    "pendidikan-literasi-digital": ["pendidikan", "literasi", "digital", "teknologi", "internet", "website", "it"],
    "sosial-budaya": ["sosial", "budaya", "seni", "agama", "adat", "olahraga"],
    "pariwisata": ["wisata", "pariwisata"],
    "lingkungan-kebencanaan": ["lingkungan", "bencana", "kebencanaan", "sampah"],
}

PLACES = [Column.VILLAGE, Column.DISTRICT, Column.REGENCY, Column.PROVINCE, Column.PLACE, Column.CODE]


@dataclass
class Details:
    """What a KIM's row tells, as far as its cells can be read.

    `faults` are cells that cannot, `left_out` cells of which something was not taken, both {column: sentence};
    `notes` are told with the KIM.
    """

    name: str = ""
    founded_on: date | None = None
    decree_number: str = ""
    decree_date: date | None = None
    chair: str = ""
    sectors: list[str] = field(default_factory=list)
    phone: str = ""
    email: str = ""
    website: str = ""
    links: list[str] = field(default_factory=list)
    address: str = ""
    # What Places.match() is asked.
    places: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    # A date that is one only with its month first.
    month_first_example: str = ""


def details_of(said: Mapping[str, str], *, month_first: bool = False) -> Details:
    """The Details of `{column: text}`."""
    said = {column: "" if is_nothing(text) else unmarked(text) for column, text in said.items()}
    personal = [column for column, text in said.items() if MASK in without(text)]
    said |= dict.fromkeys(personal, "")
    details = Details(places={column: said.get(column, "") for column in PLACES})
    details.places[Column.CODE] = code_in(details.places[Column.CODE])
    read_name(details, said.get(Column.NAME, ""))
    details.places["mention"] = mention_of(details.name)
    read_founding(details, said, month_first)
    read_decree(details, said, month_first)
    read_chair(details, said.get(Column.CHAIR, ""))
    read_address(details, said.get(Column.ADDRESS, ""))
    details.sectors = sectors_in(said.get(Column.SECTORS, ""))
    read_contact(details, said)
    read_links_of(details, said)
    if members := said.get(Column.MEMBER_COUNT):
        details.notes.append(_("Jumlah anggota menurut daftar: %(number)s.") % {"number": whole(members)[:20]})
    details.faults |= dict.fromkeys(
        personal, _("Sel ini memuat NIK, nomor KK, NPWP, atau rekening. Tulis tanpa nomor itu.")
    )
    return details


def code_in(text):
    """The official code, without whatever stands between its parts and behind it; "" for other numbers."""
    digits = re.sub(r"[\s.,/-]", "", whole(text))
    digits = digits.removesuffix("0000").removesuffix("00") if len(digits) == 10 else digits
    return digits if digits.isdecimal() and digits.isascii() and len(digits) in (4, 6, 10) else ""


def read_name(details, text):
    text = re.sub(r"^\d{1,3}[.)]\s+(?=\D)", "", public_line(details, Column.NAME, text))
    details.name = short_line(details, Column.NAME, text, MAX_NAME, _("Nama KIM"))
    if not text:
        details.faults[Column.NAME] = _("Nama KIM kosong.")
    elif len(plain(text)) < 3:
        details.faults[Column.NAME] = _("Nama KIM terlalu pendek.")
    elif not has_letters(text):
        details.faults[Column.NAME] = str(WITHOUT_LETTERS)


def read_chair(details, text):
    text = re.sub(r"^(nama|ketua)\s*:\s*", "", public_line(details, Column.CHAIR, text), flags=re.I)
    text = text if any(sign.isalpha() for sign in text) else ""
    details.chair = short_line(details, Column.CHAIR, text, MAX_CHAIR, _("Nama ketua"))


def read_address(details, text):
    details.address = public_line(details, Column.ADDRESS, text)[:MAX_ADDRESS]


def public_line(details, column, text):
    """What everyone may read of a cell: a telephone number in it is moved to where only the office sees it."""
    text, number = without_phones(text)
    if number:
        details.phone = details.phone or number
        details.left_out[column] = _("Nomor telepon di sel ini disimpan sebagai kontak yang tidak tampil untuk umum.")
    return text


def short_line(details, column, text, limit, label):
    if len(text) > limit:
        details.faults[column] = _("%(label)s lebih dari %(limit)s huruf.") % {"label": label, "limit": limit}
        return text[:limit]
    try:
        plain_name(text)
    except ValidationError:
        details.faults[column] = _("%(label)s memakai tanda yang tidak diperbolehkan.") % {"label": label}
    return text


def same_name(name):
    """One spelling for a KIM's name: that it is a KIM tells nothing, nor do blanks, quotes and capitals."""
    words = GROUP_WORDS.sub(" ", plain(name))
    return words.replace(" ", "") or plain(name)


def mention_of(name):
    """What of a KIM's name may be the name of its place."""
    return " ".join(OTHER_GROUP_WORDS.sub(" ", GROUP_WORDS.sub(" ", plain(name))).split())


def read_founding(details, said, month_first):
    for column in (Column.FOUNDED_ON, Column.FOUNDED_YEAR):
        written = day(details, column, said.get(column, ""), month_first)
        if written and written.exact:
            details.founded_on = written.exact
            return
        if written:
            # A year is no 1 January: it is told, and the day stays empty.
            when = f"{written.month}/{written.year}" if written.month else written.year
            details.notes.append(_("Berdiri %(when)s menurut daftar.") % {"when": when})
            return


def read_decree(details, said, month_first):
    text = whole(said.get(Column.DECREE_NUMBER, ""))
    written = day(details, Column.DECREE_DATE, said.get(Column.DECREE_DATE, ""), month_first)
    if Column.DECREE_DATE not in details.faults and not written:
        text, written = with_day(text)
    details.decree_number = short_line(details, Column.DECREE_NUMBER, text, MAX_DECREE_NUMBER, _("Nomor SK"))
    details.decree_date = written and written.exact
    if written and not written.exact:
        details.notes.append(_("SK tahun %(year)s menurut daftar.") % {"year": written.year})


def with_day(text):
    """`(number, WrittenDate)` of "SK Camat Nomor 5 tanggal 17 Mei 2019"; a number without a day is left as it is."""
    number, _sign, rest = map(
        str.strip, re.sub(r"\s*[,(]?\s*\b(tanggal|tgl)\b\.?", "\0", text, count=1).partition("\0")
    )
    try:
        written = read_date(rest.strip(" :)")) if number and rest else None
    except DateRefused:
        written = None
    return (number.rstrip(" ,;"), written) if written else (text, None)


def day(details, column, text, month_first):
    try:
        written = read_date(text, month_first=month_first)
    except DateRefused as refused:
        details.faults[column] = str(refused)
        details.month_first_example = text if isinstance(refused, MonthFirstRefused) else details.month_first_example
        return None
    if written and written.is_first:
        details.notes.append(_("Tertulis “%(text)s” di daftar; yang dipakai awalnya.") % {"text": text[:60]})
    return written


def sectors_in(text):
    """The slugs of the fields that the words speak of."""
    words = set(plain(text).split())
    return [slug for slug, known in FIELD_WORDS.items() if words.intersection(known)]


def read_contact(details, said):
    if text := said.get(Column.PHONE):
        read_phone_of(details, text)
    if text := said.get(Column.EMAIL):
        read_email_of(details, text)


def read_phone_of(details, text):
    try:
        phone = read_phone(text)
    except PhoneRefused as refused:
        details.faults[Column.PHONE] = str(refused)
        return
    details.phone = phone.number
    if phone.has_others:
        details.left_out[Column.PHONE] = _("Ada beberapa nomor dalam satu sel; hanya yang pertama yang diambil.")


def read_email_of(details, text):
    words = re.sub(r"\([^)]*\)|\b(e-?mail|surel|mailto)\s*:\s*", " ", text, flags=re.I)
    parts = [part.strip(" .<>") for part in re.split(r"[,;/|]|\s+(?:dan|atau)\s+|\s+(?=\S+@)", words)]
    addresses = [part for part in parts if part]
    try:
        # "kim mekar@contoh.id": what is before the blank belongs to it, too.
        validate_email(addresses[0] if addresses else "")
        details.email = addresses[0]
    except ValidationError:
        details.faults[Column.EMAIL] = _("Alamat surel “%(text)s” tidak benar.") % {"text": text[:60]}
        return
    if len(addresses) > 1:
        details.left_out[Column.EMAIL] = _("Ada beberapa alamat dalam satu sel; hanya yang pertama yang diambil.")


def read_links_of(details, said):
    found = read_links(said)
    details.website, details.links = found.website, found.links
    details.left_out |= found.left_out
