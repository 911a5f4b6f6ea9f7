"""What each type of post consists of, what it needs before it is sent, and the sentence that says so.

The model, the form, the desk and the checks of texts read this table.
"""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.typed import has_words


class Type(models.TextChoices):
    BERITA = "berita", _("berita")
    GALERI = "galeri", _("galeri")
    PENGUMUMAN = "pengumuman", _("pengumuman")
    AGENDA = "agenda", _("agenda")
    KLARIFIKASI = "klarifikasi", _("klarifikasi")
    POTENSI = "potensi", _("potensi")


class Duty(models.TextChoices):
    """ADINDA, the six duties of a KIM."""

    AKSES_INFORMASI = "akses_informasi", _("akses informasi")
    DISKUSI = "diskusi", _("diskusi")
    IMPLEMENTASI = "implementasi", _("implementasi")
    NETWORKING = "networking", _("jejaring")
    DISEMINASI = "diseminasi", _("diseminasi informasi")
    ADVOKASI = "advokasi", _("advokasi dan aspirasi")


# What each duty looks like in a village.
EXAMPLES = {
    Duty.AKSES_INFORMASI: _("membuka papan informasi, pojok baca, atau wifi desa; menjelaskan cara mengurus KTP"),
    Duty.DISKUSI: _("musyawarah, rembuk warga, obrolan di pos ronda tentang masalah bersama"),
    Duty.IMPLEMENTASI: _("mempraktikkan informasi: membuat pupuk, memasarkan produk, kerja bakti"),
    Duty.NETWORKING: _("bekerja sama dengan KIM lain, dinas, sekolah, atau kampus"),
    Duty.DISEMINASI: _("menyebarkan berita dan informasi pemerintah, di grup WA atau dari rumah ke rumah"),
    Duty.ADVOKASI: _("meneruskan usulan dan keluhan warga, mendampingi sampai ada jawaban"),
}


class Verdict(models.TextChoices):
    SALAH = "salah", _("salah")
    MENYESATKAN = "menyesatkan", _("menyesatkan")
    BENAR = "benar", _("benar")
    BELUM_TERBUKTI = "belum_terbukti", _("belum terbukti")


@dataclass(frozen=True)
class Rule:
    """Of one type of post: `columns` are its own, and go out with no other type; a draft keeps them meanwhile."""

    columns: tuple = ()
    # `{column: what is said when it is empty}`, asked for when it is sent.
    needed: dict = field(default_factory=dict)
    # Of these, what is asked for also while a post that was sent is mended, since the database insists on it.
    always: tuple = ()
    # Of ADINDA, what such a post does nearly always; its writer changes it.
    duties: tuple = ()
    tells_the_past: bool = False
    needs_photo: bool = False


WHEN = _("Pilih tanggal kegiatannya.")
DUTIES = _("Pilih paling sedikit satu tugas KIM yang dijalankan.")
NO_PHOTO = _("Galeri memerlukan paling sedikit satu foto.")
NO_ALT = _("Setiap foto memerlukan keterangan untuk yang tidak melihatnya.")
NOT_YET = _("Kegiatan ini belum terjadi. Untuk acara mendatang, pilih jenis agenda.")

# What every post has, and needs.
COLUMNS = ("type", "sector", "title", "summary", "body", "place", "happened_on", "duties", "participants")
NEEDED = {"title": _("Tulis judulnya."), "place": _("Pilih tempatnya.")}

RULES = {
    Type.BERITA: Rule(
        needed={"body": _("Ceritakan kegiatannya."), "happened_on": WHEN, "duties": DUTIES},
        duties=(Duty.DISEMINASI,),
        tells_the_past=True,
    ),
    Type.GALERI: Rule(
        needed={"happened_on": WHEN, "duties": DUTIES},
        duties=(Duty.DISEMINASI,),
        tells_the_past=True,
        needs_photo=True,
    ),
    Type.PENGUMUMAN: Rule(needed={"body": _("Tulis isi pengumumannya.")}, duties=(Duty.AKSES_INFORMASI,)),
    Type.AGENDA: Rule(
        duties=(Duty.DISKUSI,),
        columns=("starts_at", "ends_at", "venue"),
        needed={"starts_at": _("Pilih waktu mulainya."), "venue": _("Tulis di mana acaranya.")},
        always=("starts_at",),
    ),
    Type.KLARIFIKASI: Rule(
        duties=(Duty.AKSES_INFORMASI, Duty.DISEMINASI),
        columns=("claim", "verdict", "source_name", "source_url", "clarifies"),
        needed={
            "claim": _("Tulis klaim yang beredar."),
            "verdict": _("Pilih hasil pemeriksaannya."),
            "source_name": _("Tulis sumber resminya."),
            "body": _("Jelaskan faktanya."),
        },
        always=("claim", "verdict"),
    ),
    Type.POTENSI: Rule(
        duties=(Duty.IMPLEMENTASI,),
        columns=("product", "public_contact"),
        needed={"product": _("Tulis nama produk atau tempatnya."), "body": _("Ceritakan potensinya.")},
    ),
}
# What only a post that tells the past has.
OF_THE_PAST = ("happened_on", "participants")
OWN_COLUMNS = tuple(name for rule in RULES.values() for name in rule.columns)
# What its author writes: the columns that a revision keeps.
WRITTEN = (*COLUMNS, *OWN_COLUMNS)
# Of these, what is of one place, one day or one person: a KIM that takes a post up writes its own.
LOCAL = (
    *("place", "happened_on", "participants", "starts_at", "ends_at"),
    *("venue", "clarifies", "product", "public_contact"),
)
TAKEN_UP = tuple(name for name in WRITTEN if name not in LOCAL)
# What of it is words: to be read, or to be called and opened.
TEXTS = ("title", "summary", "body", "venue", "claim", "source_name", "product")
NAMES = ("venue", "source_name", "product")
CONTACTS = ("source_url", "public_contact")
WORDS = tuple(name for name in WRITTEN if name in (*TEXTS, *CONTACTS))


def needed_by(type_):
    """`{column: sentence}` of all that a post of this type is not sent without."""
    return NEEDED | RULES[type_].needed


def always_needed_by(type_):
    """`{column: sentence}` of what no post of this type is without once it was sent."""
    return {name: RULES[type_].needed[name] for name in RULES[type_].always}


def usual_duties():
    """`{type: duties}`."""
    return {type_.value: [duty.value for duty in rule.duties] for type_, rule in RULES.items()}


def foreign_to(type_):
    """The columns that belong to other types alone."""
    of_the_past = () if type_ in RULES and RULES[type_].tells_the_past else OF_THE_PAST
    return [*of_the_past, *(name for other, rule in RULES.items() if other != type_ for name in rule.columns)]


def lacking(post):
    """Sentences on what a post, with its photos, needs before it can be sent."""
    wanted = [(filled(getattr(post, name)), sentence) for name, sentence in needed_by(post.type).items()]
    wanted += [
        (not lacks_photo(post), NO_PHOTO),
        (all(filled(photo.alt) for photo in post.standing_photos), NO_ALT),
    ]
    return [sentence for is_there, sentence in wanted if not is_there]


def lacks_photo(post):
    return RULES[post.type].needs_photo and not post.standing_photos


def filled(value):
    """Whether there is something; signs alone say nothing."""
    return has_words(value) if isinstance(value, str) else value
