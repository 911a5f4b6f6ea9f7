"""What would raise the score of a KIM: for each indicator the nearest deed that is worth at least a point."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

POINT = Decimal(1)
# How much more of something is tried, and how much less.
STEPS = [*range(1, 13), 15, 20, 25, 30, 40, 50, 75, 100, 200, 300, 500, 1000, 2000, 5000]

MORE = {
    "data_lengkap": _("Lengkapi %(number)s bagian lagi dari data KIM"),
    "data_segar": _("Nyatakan bahwa data KIM masih benar"),
    "sk_berlaku": _("Uruslah SK yang masih berlaku"),
    "bulan_aktif": _("Terbitkan kegiatan pada %(number)s bulan lagi yang kosong"),
    "tugas_adinda": _("Jalankan %(number)s tugas ADINDA lagi yang belum tampak"),
    "kegiatan": _("Terbitkan %(number)s kegiatan lagi"),
    "berita": _("Terbitkan %(number)s berita lagi"),
    "galeri": _("Terbitkan %(number)s galeri lagi"),
    "pengumuman": _("Terbitkan %(number)s pengumuman lagi"),
    "agenda": _("Terbitkan %(number)s agenda lagi"),
    "klarifikasi": _("Terbitkan %(number)s klarifikasi lagi"),
    "potensi": _("Terbitkan %(number)s potensi lagi"),
    "foto_berketerangan": _("Terangkan foto pada %(number)s kegiatan lagi"),
    "bersumber": _("Sebutkan sumber resmi pada %(number)s kegiatan lagi"),
    "diambil_kim_lain": _("Tulis kegiatan yang ingin dipakai %(number)s KIM lain lagi"),
    "informasi_disebarkan": _("Sebarkan %(number)s informasi pemerintah lagi"),
    "disebarkan_sehari": _("Sebarkan %(number)s informasi lagi dalam 24 jam"),
    "jangkauan_terverifikasi": _("Jangkau %(number)s orang lagi, dengan foto bukti bagi petugas"),
    "usulan_diteruskan": _("Teruskan %(number)s usulan warga lagi dalam tujuh hari"),
    "pembinaan": _("Hadiri %(number)s pembinaan lagi"),
}
LESS = {
    "disembunyikan": _("Kurangi %(number)s kegiatan yang disembunyikan petugas"),
    "jam_menyebarkan": _("Sebarkan informasi %(number)s jam lebih cepat"),
    "usulan_terlewat": _("Jangan biarkan %(number)s usulan lagi terlewat"),
}
# Of these a KIM has nothing in its hands.
NOT_ITS_OWN = {"informasi_diterima"}


@dataclass(frozen=True)
class Gain:
    """What to do, in a sentence, and how many points more it is worth."""

    sentence: str
    points: Decimal


def nearest_gain(line, facts, cycle):
    """The Gain of the smallest step that is worth a point, or all that is missing; None where nothing is to be gained.

    `line` is a Line of a score, `facts` its raw facts. One fact at a time is tried: more of it, or less.
    """
    if not line.missing:
        return None
    wanted = min(POINT, line.missing)
    tried = [step for fact, number in line.facts for step in steps_of(fact.word, number, facts, cycle)]
    # What a KIM does comes before what it no longer lets happen.
    for size, word, changed in sorted(tried, key=lambda step: (step[1] in LESS, step[0])):
        points = line.indicator.points(line.indicator.value(facts | {word: changed})) - line.points
        if points >= wanted:
            return Gain(str((MORE | LESS)[word]) % {"number": size}, points)
    return None


def steps_of(word, number, facts, cycle):
    """`(size of the step, word, the fact after it)` of all that a KIM could do about one fact."""
    if word in MORE:
        room = most_of(word, facts, cycle) - number
        return [(size, word, number + size) for size in STEPS if size <= room]
    if word in LESS:
        return [(size, word, number - size) for size in STEPS if size <= number]
    return []


def most_of(word, facts, cycle):
    """The most that a fact can be."""
    most = {
        "data_lengkap": 6,
        "data_segar": 1,
        "sk_berlaku": 1,
        "tugas_adinda": 6,
        "bulan_aktif": (cycle.end_day.month - cycle.first_day.month) % 12 or 12,
        "informasi_disebarkan": facts["informasi_diterima"],
        "disebarkan_sehari": facts["informasi_diterima"],
    }
    return Decimal(most.get(word, 10_000))
