"""What the columns of a roster are, told by their headings as offices really write them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.terms import plain


class Column(models.TextChoices):
    """What the portal takes from a roster; whatever else a sheet holds stays there."""

    NAME = "name", _("nama KIM")
    CODE = "code", _("kode wilayah")
    VILLAGE = "village", _("desa/kelurahan")
    DISTRICT = "district", _("kecamatan")
    REGENCY = "regency", _("kabupaten/kota")
    PROVINCE = "province", _("provinsi")
    PLACE = "place", _("wilayah dalam satu kolom")
    ADDRESS = "address", _("alamat sekretariat")
    DECREE_NUMBER = "decree_number", _("nomor SK")
    DECREE_DATE = "decree_date", _("tanggal SK")
    FOUNDED_ON = "founded_on", _("tanggal berdiri")
    FOUNDED_YEAR = "founded_year", _("tahun berdiri")
    CHAIR = "chair", _("ketua")
    MEMBER_COUNT = "member_count", _("jumlah anggota")
    SECTORS = "sectors", _("bidang")
    PHONE = "phone", _("telepon")
    EMAIL = "email", _("surel")
    WEBSITE = "website", _("situs")
    SOCIAL_MEDIA = "social_media", _("media sosial")
    FACEBOOK = "facebook", _("Facebook")
    INSTAGRAM = "instagram", _("Instagram")
    YOUTUBE = "youtube", _("YouTube")
    TIKTOK = "tiktok", _("TikTok")
    TWITTER = "twitter", _("X (Twitter)")


# What says nothing of a person, even where somebody is called like a KIM or a place.
OF_THE_KIM = set(Column) - {Column.ADDRESS, Column.CHAIR, Column.PHONE, Column.EMAIL}

DECREE = r"(sk|surat keput\w*|keputusan|skep|kep)"
DAY, YEAR = r"(tanggal|tgl|tg|hari)", r"(tahun|thn|th)"
FOUNDING = r"(\w*diri\w*|\w*bentuk\w*|pengukuhan|dikukuhkan)"
VILLAGE = r"(desa|ds|kelurahan|kel|kalurahan|gampong|nagari|pekon|kampung|tiyuh|lembang)"
DISTRICT = r"(kecamatan|kec|kapanewon|kemantren|distrik)"
REGENCY = r"(kabupaten|kab|kota|kodya)"
PROVINCE = r"(provinsi|propinsi|prov|prop)"
GROUP = r"(kim|kelompok|komunitas|kelompok informasi masyarakat|komunitas informasi masyarakat|lembaga|grup|group)"
NUMBER = r"(no|nomor|nmr|num)"
PERSON = r"(ketua|pimpinan|penanggung jawab|pj|koordinator|wakil|sekretaris|bendahara|pengurus|anggota|rumah|pribadi)"
TELEPHONE = (
    r"(hp|handphone|telp|telpon|telepon|tlp|telephone|phone|ponsel|seluler|wa|whatsapp|kontak|narahubung|contact|cp)"
)
FACEBOOK, INSTAGRAM = r"(facebook|fb|fanpage)", r"(instagram|ig)"
YOUTUBE, TIKTOK, TWITTER = r"(youtube|yt)", r"(tiktok|tik tok)", r"(twitter|x twitter)"
PLATFORM = rf"({FACEBOOK}|{INSTAGRAM}|{YOUTUBE}|{TIKTOK}|{TWITTER})"

# The first that fits the whole heading, in plain letters, says what it is; None is known and not wanted. Of two
# columns that are said to be the same thing, the one whose pattern stands first counts: the more exact come first.
HEADINGS = [
    (re.compile(pattern), column)
    for pattern, column in [
        (rf"{NUMBER}( urut| {GROUP})?|urut", None),
        (r"(.* )?(nik|kk|npwp|ktp|rekening|rek)( .*)?", None),
        (
            rf"(.* )?{NUMBER}\b.*\b{DAY}\b.*\b{DECREE}\b.*|(.* )?{DECREE}( .*)?\b{NUMBER} (dan )?{DAY}( .*)?",
            Column.DECREE_NUMBER,
        ),
        (
            rf"(.* )?{NUMBER} {DECREE} (dan )?({DAY}|{YEAR})( .*)?|{NUMBER} (dan )?{YEAR} {DECREE}( .*)?",
            Column.DECREE_NUMBER,
        ),
        (
            rf"(masa|berlaku|akhir|berakhir|status|file|berkas|link|tautan|foto|scan|penerbit|pejabat)\b.*\b{DECREE}\b.*",
            None,
        ),
        (rf"(.* )?{DECREE} (masa|berlaku|berakhir|status|file|berkas|link|ada tidak|ada)( .*)?", None),
        (rf".*\b({DAY}|{YEAR})\b.*\b{DECREE}\b.*|.*\b{DECREE}\b.*\b({DAY}|{YEAR})\b.*", Column.DECREE_DATE),
        (rf"{DAY}( {DAY})? (penetapan|ditetapkan)", Column.DECREE_DATE),
        (
            rf"({NUMBER} )?{DECREE}( {GROUP}| pembentukan| pendirian| penetapan)*|{NUMBER} {DECREE}( .*)?",
            Column.DECREE_NUMBER,
        ),
        (rf"(.* )?{DECREE}( .*)?", Column.DECREE_NUMBER),
        (r"dasar hukum|legalitas", Column.DECREE_NUMBER),
        (rf"({DAY}( {YEAR})?|waktu) {FOUNDING}( .*)?|berdiri (sejak|pada)", Column.FOUNDED_ON),
        (rf"{FOUNDING}|{DAY}", Column.FOUNDED_ON),
        (rf"{YEAR} {FOUNDING}( .*)?", Column.FOUNDED_YEAR),
        (rf"{YEAR}", Column.FOUNDED_YEAR),
        # The statistics office has codes of its own, which look the same and mean other places.
        (r"(.* )?bps( .*)?|kode ?pos|(.* )?(kode pos|kodepos|zip)( .*)?", None),
        (rf"kode ({VILLAGE} |wilayah )*(kemendagri|mendagri|permendagri|dagri|kepmendagri)( .*)?", Column.CODE),
        (r"(kode|id) wilayah( administrasi)?( .*)?", Column.CODE),
        (rf"(kode|id) {VILLAGE}( {VILLAGE})*", Column.CODE),
        (r"kode", Column.CODE),
        (rf"(kode|id) {DISTRICT}", Column.CODE),
        (rf"(kode|id) {REGENCY}( {REGENCY})*", Column.CODE),
        (r"(kode|id)( .*)?", None),
        (r"(.* )?(grup|group) (wa|whatsapp)( .*)?", None),
        (rf"(.* )?{TELEPHONE}( .*)?", Column.PHONE),
        (r"(.* )?(e ?mail|surel)( .*)?", Column.EMAIL),
        (rf"(.* )?{PLATFORM} (dan |atau )?{PLATFORM}( .*)?", Column.SOCIAL_MEDIA),
        (rf"(.* )?{FACEBOOK}( .*)?", Column.FACEBOOK),
        (rf"(.* )?{INSTAGRAM}( .*)?", Column.INSTAGRAM),
        (rf"(.* )?{YOUTUBE}( .*)?", Column.YOUTUBE),
        (rf"(.* )?{TIKTOK}( .*)?", Column.TIKTOK),
        (rf"(.* )?{TWITTER}( .*)?", Column.TWITTER),
        (r"(.* )?(website|web|situs|blog|weblog|laman|url|domain|link)( .*)?", Column.WEBSITE),
        (r"(.* )?(media sosial|medsos|sosmed|sosial media|akun)( .*)?", Column.SOCIAL_MEDIA),
        (rf"(nama )?ketua( {GROUP})?( nama)?", Column.CHAIR),
        (rf"(nama )?(pimpinan|penanggung jawab|pj|koordinator)( {GROUP})?( nama)?", Column.CHAIR),
        (r"(jumlah|jml|jlh) (anggota|pengurus)( kim)? (l|p|lk|pr|laki.*|perempuan|pria|wanita)", None),
        (r"(jumlah|jml|jlh|banyak\w*) (anggota|personil|personel|pengurus|orang)( .*)?|anggota", Column.MEMBER_COUNT),
        (r"bidang( .*)?|(jenis|fokus) (kegiatan|bidang|usaha)|(.* )?bidang( .*)?", Column.SECTORS),
        (rf"(.* )?{VILLAGE} (dan )?{DISTRICT}( .*)?", Column.PLACE),
        (rf"(nama )?{DISTRICT} (dan )?({REGENCY}|{VILLAGE})( .*)?", Column.PLACE),
        (rf"((alamat|nama|wilayah|asal|lokasi) )?{VILLAGE}( (atau )?{VILLAGE})*", Column.VILLAGE),
        (rf"((alamat|nama|wilayah|asal|lokasi) )?{DISTRICT}( {DISTRICT})*", Column.DISTRICT),
        (rf"((alamat|nama|wilayah|asal|lokasi) )?{REGENCY}( (atau )?{REGENCY})*", Column.REGENCY),
        (rf"((alamat|nama|wilayah|asal|lokasi) )?{PROVINCE}", Column.PROVINCE),
        # Where a person lives is nobody's business.
        (rf"alamat\b.*\b{PERSON}\b.*", None),
        (r"alamat (sekretariat|kantor|sekre\w*)( .*)?|sekretariat", Column.ADDRESS),
        (r"alamat( .*)?", Column.ADDRESS),
        (rf"((nama|asal) )?(wilayah|lokasi|kedudukan|domisili|tempat|daerah|asal)( {GROUP}| kerja)?", Column.PLACE),
        (rf"(nama|daftar)( {GROUP})+( {FOUNDING})?", Column.NAME),
        (rf"{GROUP}( {GROUP})*", Column.NAME),
        (rf"(nama|daftar)( {FOUNDING})?", Column.NAME),
    ]
]

# One column for the chair's name and number.
CHAIR_AND_PHONE = re.compile(
    rf"(nama )?ketua( {GROUP})? ((dan|no|nomor) )*{TELEPHONE}( .*)?|nama (dan )?((no|nomor) )?{TELEPHONE} ketua( .*)?"
)

# "1. Nama KIM", and how a form asks people to fill it in. An address as on an identity card remains one.
LISTED = re.compile(r"^\s*(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+", re.IGNORECASE)
INSTRUCTION = re.compile(
    r"^(?!.*\balamat\b)([^()]+)\((?=[^()]*\b(?:sesuai|tulis\w*|isi\w*|wajib|contoh|jika|bila|format|misal\w*|huruf|gelar"
    r"|lengkap|opsional)\b)[^()]*\)?[\s*:]*$",
    re.IGNORECASE,
)

# What belongs to a person and never stays: numbers, the day of birth, religion. "Jumlah KK" counts households.
NUMBERED = "nik|nikk|nkk|ktp|e ktp|ektp|kk|kartu keluarga|induk kependudukan|npwp|nitku|pokok wajib pajak|paspor|bpjs"
PERSONAL = re.compile(
    r"(?!.*\b(jumlah|jml|jlh|banyak\w*)\b)"
    rf"((.* )?({NUMBERED}|rek|norek|rekening|(no|nomor|nmr) (identitas|pengenal))( .*)?"
    r"|ttl|((tempat|tmpt|tpt) )?(dan |tanggal |tgl )*lahir( ketua)?|agama( ketua)?)"
)

# What is longer is a sentence.
MAX_HEADING = 80

# Where a sheet has no columns for its places, the address is where the place is written.
PLACES = [Column.CODE, Column.VILLAGE, Column.DISTRICT, Column.PLACE]


def column_of(heading: str) -> Column | None:
    """What a column under this heading holds: a Column, None when we do not know or do not want it."""
    return meaning(heading)[0]


def is_known(heading: str) -> bool:
    """Whether such a heading is one: "No" is, although nobody wants what is below it."""
    return meaning(heading)[1] < len(HEADINGS)


def is_surely_name(heading: str) -> bool:
    """Whether "NAMA KIM" or the like, and not any "NAMA"."""
    column, rank = meaning(heading)
    return column == Column.NAME and HEADINGS[rank] is not HEADINGS[-1]


def is_personal(heading: str) -> bool:
    """Whether what stands below such a heading is nobody's business and is not kept."""
    return len(heading) <= MAX_HEADING and bool(PERSONAL.fullmatch(words_of(heading)))


def words_of(heading: str) -> str:
    return plain(INSTRUCTION.sub(r"\1", LISTED.sub("", heading, count=1)))


@lru_cache(2_000)
def meaning(heading: str) -> tuple[Column | None, int]:
    """`(column, rank)`: the lower the rank, the surer; the last rank is that of headings we do not know."""
    words = words_of(heading) if len(heading) <= MAX_HEADING else ""
    ranked = enumerate(HEADINGS)
    return next(
        ((column, rank) for rank, (pattern, column) in ranked if pattern.fullmatch(words)), (None, len(HEADINGS))
    )


def guess_columns(headings: Sequence[str]) -> dict[Column, int]:
    """`{column: index}`; of two alike the more exact counts, then the first. A person may say otherwise."""
    ranked: dict[Column, tuple[int, int]] = {}
    for index, heading in enumerate(headings):
        column, rank = meaning(heading)
        if column and rank < ranked.get(column, (len(HEADINGS), 0))[0]:
            ranked[column] = (rank, index)
    found = {column: index for column, (_rank, index) in ranked.items()}
    if Column.PHONE in found and CHAIR_AND_PHONE.fullmatch(plain(headings[found[Column.PHONE]])):
        found.setdefault(Column.CHAIR, found[Column.PHONE])
    if Column.ADDRESS in found and not any(column in found for column in PLACES):
        found[Column.PLACE] = found[Column.ADDRESS]
    return found
