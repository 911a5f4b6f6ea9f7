"""Which rows below the headings tell of a KIM, and what the others are: sums, signatures, notes, titles of a part."""

import re

from django.utils.translation import gettext as _

from communities.rosters.cells import is_ditto
from communities.rosters.columns import Column, column_of, is_known
from regions.clues import DISTRICT, PROVINCE, REGENCY, VILLAGE, clues_in
from regions.terms import plain

LEVELS = {PROVINCE: Column.PROVINCE, REGENCY: Column.REGENCY, DISTRICT: Column.DISTRICT, VILLAGE: Column.VILLAGE}
# What a row of a KIM says of its place beside its district.
OWN_PLACES = [Column.VILLAGE, Column.PLACE, Column.CODE, Column.ADDRESS]

# "Ketua Forum KIM" is not the name of a group.
GROUP = re.compile(r"(forum )?(kim|kelompok|komunitas)\b")
SUM = re.compile(r"((sub|grand) ?)?(jumlah|total|jml|jlh|rata rata|rekap\w*)\b( .*)?")
NONE_YET = re.compile(
    r"(-+|nihil|kim\s*[._…-]{3,}|(tidak|belum|tdk|blm)( (ada|terbentuk|dibentuk|punya|memiliki|aktif))?( kim)?)"
)
COUNTED = re.compile(r"\s*[:=]\s*\d+\s*(kim|kelompok|buah|desa|kelurahan|orang)?\s*\.?$", re.I)
NOTE = re.compile(
    r"\s*([*•#]|(keterangan|ket|catatan|cat|nb|note|sumber|penjelasan|dicetak|diperbarui)\b\s*[.:*)]?)", re.I
)
TITLE = re.compile(r"(daftar|data|rekap\w*|lampiran|tabel)\b .*")
SIGNATURE = re.compile(
    r"(mengetahui|menyetujui|disetujui|disahkan|diperiksa|dibuat oleh|yang membuat\w*|hormat kami|ttd|tertanda|tembusan"
    r"|nip|pangkat|((an|a n|plt|plh|pj) )?(kepala|kabid|kadis|kasi|sekretaris|camat|lurah|bupati|wali ?kota|dinas)"
    r"|pembina|penata|pengatur)\b( .*)?"
)
NIP = re.compile(r"\bnip\b[\s.:]*\d*|(?<!\d)(19|20)\d{6} ?(19|20)\d{4} ?\d ?\d{3}(?!\d)", re.I)
# "Tenggarong, 17 Mei 2024", or with dots where the day is written by hand.
PLACE_AND_DAY = re.compile(r"[^\W\d][^\d,]*,[\s._…]*(\d{1,2})?[\s._…-]*[^\W\d]*[\s._…-]*(19|20)\d\d\s*")
# "I.", "A.", "1)" in front of the title of a part.
ENUMERATION = re.compile(r"([ivxIVX]+|[A-Za-z])\s*[.)]?")
ENUMERATED = re.compile(r"^\s*([ivxIVX]+|[A-Za-z]|\d+)\s*[.)]\s*")
PART = re.compile(r"(kecamatan|kec|kapanewon|kemantren|distrik|kelurahan|desa|kabupaten|kab|kota|provinsi)\b.*")


class Sorting:
    """Goes through the rows of one sheet from the top, because a signature is known by what stands above it."""

    def __init__(self):
        self.is_over = False
        # What the title of a part says of the place of the rows below it: {column: text}.
        self.part = {}
        # The district that was written last.
        self.district = ""
        # The places of the row above.
        self.above = {}

    def completed(self, places):
        """These places, `{column: text}`, with those of the row above where the cell says so."""
        self.above = {column: self.above.get(column, "") if is_ditto(text) else text for column, text in places.items()}
        return self.above

    def aside(self, cells, said):
        """Why this row is no KIM, in a sentence; "" for a row that is one. `said` is `{column: text}`."""
        filled = [cell for cell in cells if cell]
        words = [cell for cell in filled if any(sign.isalpha() for sign in cell)]
        if not words:
            return _("Hanya berisi nomor atau tanda.")
        name = said.get(Column.NAME, "")
        if self.is_sum(said, words, filled):
            return _("Baris jumlah.")
        if NONE_YET.fullmatch(name.strip(" ()").lower()):
            return _("Menurut daftar belum ada KIM di sini.")
        if column_of(name) == Column.NAME and sum(map(is_known, filled)) > 1:
            return _("Judul kolom.")
        if not name and self.holds_only_places(words, said):
            return self.alone(name, words, filled) or _("Tidak ada nama KIM.")
        return self.alone(name, words, filled) or self.below_the_list(name, words, filled)

    @staticmethod
    def is_sum(said, words, filled):
        begins = words[0] == filled[0] or not any(sign.isalpha() for sign in filled[0])
        others = [said.get(column, "") for column in (Column.NAME, *OWN_PLACES)]
        others = [other for other in others if any(sign.isalpha() for sign in other)]
        return begins and SUM.fullmatch(plain(words[0])) and all(other == words[0] for other in others)

    def holds_only_places(self, words, said):
        """Whether nothing but a district and what it lies in, which may be merged over rows with nothing in them."""
        places = [said.get(column) for column in (Column.DISTRICT, Column.REGENCY, Column.PROVINCE)]
        return all(word in places for word in words) and not self.is_signature(words[0])

    def below_the_list(self, name, words, filled):
        """A signature takes a few cells of several rows; a row that names a group is a KIM again."""
        is_signature = self.is_signature(words[0]) or any(NIP.search(word) for word in words)
        if is_signature and len(filled) <= 3 and not GROUP.match(plain(name)):
            self.is_over = True
            return _("Bagian tanda tangan.")
        if GROUP.match(plain(name)) or len(filled) > 3 or (filled[0].strip(".").isdecimal() and len(filled) > 2):
            self.is_over = False
        return _("Di bawah daftar.") if self.is_over else ""

    @staticmethod
    def is_signature(word):
        return bool(SIGNATURE.fullmatch(plain(word)) or PLACE_AND_DAY.fullmatch(word))

    def alone(self, name, words, filled):
        """A note or a title has a row for itself."""
        words = [word for word in words if not ENUMERATION.fullmatch(word)]
        if len(words) != 1:
            return ""
        if NOTE.match(words[0]) and not (name and GROUP.match(plain(name))):
            self.is_over = True
            return _("Catatan.")
        if TITLE.fullmatch(plain(words[0])):
            return _("Judul.")
        is_numbered = any(cell.strip(" .").isdecimal() for cell in filled)
        part = self.title_of_part(COUNTED.sub("", words[0]), is_numbered=is_numbered)
        return part or (_("Baris jumlah.") if COUNTED.search(words[0]) else "")

    def title_of_part(self, text, *, is_numbered=False):
        """ "KECAMATAN LOA KULU" above the KIMs of that district; a numbered village is a KIM that is called so."""
        text = ENUMERATED.sub("", text)
        clues = clues_in(text) if PART.fullmatch(plain(text)) else []
        if len(clues) != 1 or not clues[0].level or (is_numbered and clues[0].level == VILLAGE):
            return ""
        level = clues[0].level
        above = {LEVELS[other] for other in LEVELS if other < level}
        self.part = {column: told for column, told in self.part.items() if column in above}
        self.part[LEVELS[level]] = text
        self.is_over = False
        return _("Judul bagian.")
