"""What a row of a roster says about a KIM, and what is wrong with it, in sentences."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from accounts.plain import plain_name
from regions.terms import plain

from .columns import Column
from .dates import DateRefused, read_date

MAX_NAME, MAX_CHAIR, MAX_DECREE_NUMBER, MAX_ADDRESS = 120, 120, 120, 200

NOTHING = {"", "-", "--", "–", "—", ".", "0", "n/a", "tidak ada", "belum ada", "nihil", "kosong", "#n/a"}
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
SOCIAL = {
    Column.FACEBOOK: "https://www.facebook.com/",
    Column.INSTAGRAM: "https://www.instagram.com/",
    Column.YOUTUBE: "https://www.youtube.com/@",
    Column.TIKTOK: "https://www.tiktok.com/@",
    Column.TWITTER: "https://x.com/",
}
ADDRESS_OF_A_SITE = re.compile(r"(https?://)?([\w-]+\.)+[a-z]{2,}(/\S*)?", re.I | re.ASCII)
ACCOUNT_NAME = re.compile(r"@?[\w.]{3,40}", re.ASCII)
is_url = URLValidator(schemes=["http", "https"])


@dataclass
class Facts:
    """What a KIM's row tells; `errors` keep it from being taken over, `notes` are told with it."""

    name: str = ""
    founded_on: date | None = None
    decree_number: str = ""
    decree_date: date | None = None
    chair: str = ""
    fields: list[str] = field(default_factory=list)
    phone: str = ""
    email: str = ""
    website: str = ""
    links: list[str] = field(default_factory=list)
    address: str = ""
    # What Places.match() is asked.
    places: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def facts_of(said):
    """The Facts of `{column: text}`."""
    said = {column: "" if text.lower() in NOTHING else text for column, text in said.items()}
    facts = Facts(places={column: said.get(column, "") for column in PLACES})
    read_name(facts, said.get(Column.NAME, ""))
    facts.places["mention"] = mention_of(facts.name)
    read_founding(facts, said)
    read_decree(facts, said)
    facts.chair = short_line(facts, said.get(Column.CHAIR, ""), MAX_CHAIR, _("Nama ketua"))
    facts.address = said.get(Column.ADDRESS, "")[:MAX_ADDRESS]
    facts.fields = fields_in(said.get(Column.FIELDS, ""))
    read_contact(facts, said)
    read_links(facts, said)
    if members := said.get(Column.MEMBER_COUNT):
        facts.notes.append(_("Jumlah anggota menurut daftar: %(number)s.") % {"number": members[:20]})
    return facts


def read_name(facts, text):
    facts.name = short_line(facts, text, MAX_NAME, _("Nama KIM"))
    if not text:
        facts.errors.append(_("Nama KIM kosong."))
    elif len(plain(text)) < 3:
        facts.errors.append(_("Nama KIM terlalu pendek."))


def short_line(facts, text, limit, label):
    if len(text) > limit:
        facts.errors.append(_("%(label)s lebih dari %(limit)s huruf.") % {"label": label, "limit": limit})
        return text[:limit]
    try:
        plain_name(text)
    except ValidationError:
        facts.errors.append(_("%(label)s memakai tanda yang tidak diperbolehkan.") % {"label": label})
    return text


def same_name(name):
    """One spelling for a KIM's name: that it is a KIM tells nothing, nor do blanks, quotes and capitals."""
    words = GROUP_WORDS.sub(" ", plain(name))
    return words.replace(" ", "") or plain(name)


def mention_of(name):
    """What of a KIM's name may be the name of its place."""
    return " ".join(OTHER_GROUP_WORDS.sub(" ", GROUP_WORDS.sub(" ", plain(name))).split())


def read_founding(facts, said):
    written = day(facts, said.get(Column.FOUNDED_ON, "")) or day(facts, said.get(Column.FOUNDED_YEAR, ""))
    if written and written.exact:
        facts.founded_on = written.exact
    elif written:
        # A year is no 1 January: it is told, and the day stays empty.
        when = f"{written.month}/{written.year}" if written.month else written.year
        facts.notes.append(_("Berdiri %(when)s menurut daftar.") % {"when": when})


def read_decree(facts, said):
    facts.decree_number = short_line(facts, said.get(Column.DECREE_NUMBER, ""), MAX_DECREE_NUMBER, _("Nomor SK"))
    written = day(facts, said.get(Column.DECREE_DATE, ""))
    facts.decree_date = written and written.exact
    if written and not written.exact:
        facts.notes.append(_("SK tahun %(year)s menurut daftar.") % {"year": written.year})


def day(facts, text):
    try:
        return read_date(text)
    except DateRefused as refused:
        facts.errors.append(str(refused))
        return None


def fields_in(text):
    """The slugs of the fields that the words speak of."""
    words = set(plain(text).split())
    return [slug for slug, known in FIELD_WORDS.items() if words.intersection(known)]


def read_contact(facts, said):
    if text := said.get(Column.PHONE):
        # Of several numbers in one cell the first counts; a spreadsheet drops the zero at the beginning.
        digits = re.sub(r"[^\d+]", "", re.split(r"[/,;]|\batau\b", text)[0])
        digits = f"0{digits}" if digits.startswith("8") else digits
        if 7 <= len(digits) <= 16:
            facts.phone = digits
        else:
            facts.errors.append(_("Nomor telepon “%(text)s” tidak dapat dibaca.") % {"text": text[:40]})
    if text := said.get(Column.EMAIL):
        address = re.split(r"[\s,;/]+", text)[0]
        try:
            validate_email(address)
            facts.email = address
        except ValidationError:
            facts.errors.append(_("Alamat surel “%(text)s” tidak benar.") % {"text": text[:60]})


def read_links(facts, said):
    links = []
    for column in (Column.WEBSITE, Column.SOCIAL_MEDIA, *SOCIAL):
        for word in re.split(r"[\s,;]+", said.get(column, "")):
            link = link_of(word, SOCIAL.get(column))
            if link and column == Column.WEBSITE and not facts.website:
                facts.website = link
            elif link:
                links.append(link)
    facts.links = list(dict.fromkeys(links))[:10]


def link_of(word, platform):
    """A web address, or an account's name on a platform; nothing for any other word."""
    if ADDRESS_OF_A_SITE.fullmatch(word) and not (platform and ACCOUNT_NAME.fullmatch(word)):
        link = word if word.lower().startswith("http") else f"https://{word}"
    elif platform and ACCOUNT_NAME.fullmatch(word):
        link = platform + word.removeprefix("@")
    else:
        return ""
    try:
        is_url(link)
    except ValidationError:
        return ""
    return link if len(link) <= 200 else ""
