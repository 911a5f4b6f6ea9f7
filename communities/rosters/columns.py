"""What the columns of a roster are, told by their headings as offices really write them."""

import re

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
    FIELDS = "fields", _("bidang")
    PHONE = "phone", _("telepon")
    EMAIL = "email", _("surel")
    WEBSITE = "website", _("situs")
    SOCIAL_MEDIA = "social_media", _("media sosial")
    FACEBOOK = "facebook", _("Facebook")
    INSTAGRAM = "instagram", _("Instagram")
    YOUTUBE = "youtube", _("YouTube")
    TIKTOK = "tiktok", _("TikTok")
    TWITTER = "twitter", _("X (Twitter)")


DECREE = r"(sk|surat keput\w*|keputusan|skep|kep)"
DAY, YEAR = r"(tanggal|tgl|tg|hari)", r"(tahun|thn|th)"
FOUNDING = r"(\w*diri\w*|\w*bentuk\w*|pengukuhan|dikukuhkan)"
VILLAGE = r"(desa|ds|kelurahan|kel|kalurahan|gampong|nagari|pekon|kampung|tiyuh|lembang)"
DISTRICT = r"(kecamatan|kec|kapanewon|kemantren|distrik)"
REGENCY = r"(kabupaten|kab|kota|kodya)"
GROUP = r"(kim|kelompok|komunitas|kelompok informasi masyarakat|komunitas informasi masyarakat|lembaga|grup|group)"

# The first that fits the whole heading, in plain letters, says what it is; None is known and not wanted.
HEADINGS = [
    (re.compile(pattern), column)
    for pattern, column in [
        (rf"(no|nomor|nmr|num)( urut| {GROUP})?|urut", None),
        (rf".*\b({DAY}|{YEAR})\b.*\b{DECREE}\b.*|.*\b{DECREE}\b.*\b({DAY}|{YEAR})\b.*", Column.DECREE_DATE),
        (rf"{DAY}( {DAY})? (penetapan|ditetapkan)", Column.DECREE_DATE),
        (rf"(.* )?{DECREE}( .*)?|dasar hukum|legalitas", Column.DECREE_NUMBER),
        (rf"({DAY}( {YEAR})?|waktu) {FOUNDING}( .*)?|{FOUNDING}|{DAY}|berdiri (sejak|pada)", Column.FOUNDED_ON),
        (rf"{YEAR}( {FOUNDING}( .*)?)?", Column.FOUNDED_YEAR),
        (r"kode( .*)?|id (wilayah|desa)", Column.CODE),
        (r"(.* )?(hp|handphone|telp|telpon|telepon|tlp|ponsel|wa|whatsapp|kontak|contact|cp)( .*)?", Column.PHONE),
        (r"(.* )?(e ?mail|surel)( .*)?", Column.EMAIL),
        (r"(.* )?(facebook|fb|fanpage)( .*)?", Column.FACEBOOK),
        (r"(.* )?(instagram|ig)( .*)?", Column.INSTAGRAM),
        (r"(.* )?(youtube|yt)( .*)?", Column.YOUTUBE),
        (r"(.* )?(tiktok|tik tok)( .*)?", Column.TIKTOK),
        (r"(.* )?(twitter|x twitter)( .*)?", Column.TWITTER),
        (r"(.* )?(website|web|situs|blog|weblog|laman|url|domain|link)( .*)?", Column.WEBSITE),
        (r"(.* )?(media sosial|medsos|sosmed|sosial media|akun)( .*)?", Column.SOCIAL_MEDIA),
        (rf"(nama )?(ketua|pimpinan|penanggung jawab|pj|koordinator)( {GROUP})?( nama)?", Column.CHAIR),
        (r"(jumlah|jml|jlh|banyak\w*) (anggota|personil|personel|pengurus|orang)( .*)?|anggota", Column.MEMBER_COUNT),
        (r"bidang( .*)?|(jenis|fokus) (kegiatan|bidang|usaha)|(.* )?bidang( .*)?", Column.FIELDS),
        (rf"(.* )?{VILLAGE} (dan )?{DISTRICT}( .*)?", Column.PLACE),
        (rf"(nama )?{DISTRICT} (dan )?{REGENCY}( .*)?", Column.PLACE),
        (rf"((alamat|nama|wilayah|asal|lokasi) )?{VILLAGE}( (atau )?{VILLAGE})*", Column.VILLAGE),
        (rf"((alamat|nama|wilayah|asal|lokasi) )?{DISTRICT}( {DISTRICT})*", Column.DISTRICT),
        (rf"((alamat|nama|wilayah|asal|lokasi) )?{REGENCY}( (atau )?{REGENCY})*", Column.REGENCY),
        (r"((alamat|nama|wilayah|asal|lokasi) )?(provinsi|propinsi|prov|prop)", Column.PROVINCE),
        (r"alamat( .*)?|sekretariat", Column.ADDRESS),
        (rf"((nama|asal) )?(wilayah|lokasi|kedudukan|domisili|tempat|daerah|asal)( {GROUP}| kerja)?", Column.PLACE),
        (rf"(nama|daftar)( {GROUP})*( {FOUNDING})?|{GROUP}( {GROUP})*", Column.NAME),
    ]
]

# What is longer is a sentence.
MAX_HEADING = 80

# Where a sheet has no columns for its places, the address is where the place is written.
PLACES = [Column.CODE, Column.VILLAGE, Column.DISTRICT, Column.PLACE]


def column_of(heading):
    """What a column under this heading holds: a Column, None when we do not know or do not want it."""
    return next((column for pattern, column in HEADINGS if fits(pattern, heading)), None)


def is_known(heading):
    """Whether such a heading is one: "No" is, although nobody wants what is below it."""
    return any(fits(pattern, heading) for pattern, _column in HEADINGS)


def fits(pattern, heading):
    return len(heading) <= MAX_HEADING and pattern.fullmatch(plain(heading))


def guess_columns(headings):
    """`{column: index}`; of two that look the same the first counts. A person may say otherwise."""
    found = {}
    for index, heading in enumerate(headings):
        column = column_of(heading) if heading else None
        if column:
            found.setdefault(column, index)
    if Column.ADDRESS in found and not any(column in found for column in PLACES):
        found[Column.PLACE] = found[Column.ADDRESS]
    return found
