"""How a text is put together: templates with slots, each slot filled once and the same throughout one post."""

import re

SLOT = re.compile(r"\{(\w+)\}")

WITA = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
WIT = {"81", "82", "91", "92", "93", "94", "95", "96"}

# Who heads a place and where its people meet, by what the place is called there.
HEADS = {
    "desa": "kepala desa",
    "kelurahan": "lurah",
    "kalurahan": "lurah",
    "kampung": "kepala kampung",
    "pekon": "peratin",
    "tiyuh": "kepala tiyuh",
    "nagari": "wali nagari",
    "gampong": "keuchik",
    "lembang": "kepala lembang",
    "kecamatan": "camat",
    "distrik": "kepala distrik",
}
HALLS = {"kelurahan": "aula kelurahan", "kecamatan": "aula kecamatan", "distrik": "aula distrik"}
HAMLETS = {
    "kelurahan": ("RW {angka_kecil}", "RT {angka_dua}", "lingkungan RT {angka_dua}"),
    "kecamatan": ("wilayah utara kecamatan", "wilayah selatan kecamatan"),
}


def number(value):
    """The number as Indonesians write it: 1.250."""
    return f"{value:,}".replace(",", ".")


def capitalised(text):
    return text[:1].upper() + text[1:]


def clock(province_code):
    if province_code in WIT:
        return "WIT"
    return "WITA" if province_code in WITA else "WIB"


class Pen:
    """Fills templates for one post. A slot keeps its value, so that title and text speak of the same 64 toddlers."""

    def __init__(self, rng, place, slots, person_name):
        self.rng = rng
        self.place = place
        self.slots = slots
        self.person_name = person_name
        self.known = words_of(place)
        self.people = []

    def fill(self, template):
        return SLOT.sub(lambda match: self.slot(match[1]), template)

    def sentence(self, template):
        return capitalised(self.fill(template))

    def one(self, templates):
        return self.sentence(self.rng.choice(templates))

    def some(self, templates, count):
        """Different templates, in the order in which they stand."""
        chosen = sorted(self.rng.sample(range(len(templates)), min(count, len(templates))))
        return [self.sentence(templates[index]) for index in chosen]

    def fitting(self, templates, shortest, longest):
        """The first of the shuffled templates whose text has the wanted length."""
        texts = [self.sentence(template) for template in self.rng.sample(templates, len(templates))]
        return next((text for text in texts if shortest <= len(text) <= longest), None)

    def slot(self, name):
        if name not in self.known:
            self.known[name] = self._invent(name)
        return self.known[name]

    def _invent(self, name):
        if name in self.slots:
            return self._choose(self.slots[name])
        if name.startswith("orang"):
            person = self.person_name(self.rng, self.place.province_code)
            while person in self.people:
                person = self.person_name(self.rng, self.place.province_code)
            self.people.append(person)
            return person
        if name.startswith("rt"):
            return f"RT {self.rng.randint(1, 18):02}"
        if name == "angka_dua":
            return f"{self.rng.randint(1, 18):02}"
        if name == "angka_kecil":
            return f"{self.rng.randint(1, 9):02}"
        if name == "dusun":
            options = ("Dusun {romawi}", "RT {angka_dua}", "wilayah RT {angka_dua}")
            return self.fill(self.rng.choice(HAMLETS.get(self.known["sebutan"], options)))
        if name == "romawi":
            return self.rng.choice(("I", "II", "III", "IV"))
        raise KeyError(f"nobody knows how to fill {{{name}}}")

    def _choose(self, options):
        if all(isinstance(option, int) for option in options):
            first, last, *step = options
            return number(self.rng.randrange(first, last + 1, *step))
        return self.fill(self.rng.choice(options))


def words_of(place):
    """The slots that every post knows from its place."""
    district_term = "Distrik" if place.province_code in {"91", "92", "93", "94", "95", "96"} else "Kecamatan"
    district = place.district.removeprefix(f"{district_term} ")
    kecamatan = f"{district_term} {district}" if district else ""
    if place.village:
        term = place.village_term.lower()
        village = re.sub(rf"^{term} ", "", place.village, flags=re.IGNORECASE)
        tempat, wider = f"{place.village_term.title()} {village}", kecamatan or place.regency
    elif district:
        term, village, tempat, wider = district_term.lower(), district, kecamatan, place.regency
    else:
        term, village = "daerah", re.sub(r"^(Kabupaten|Kota) ", "", place.regency)
        tempat, wider = place.regency, place.province
    hall = HALLS.get(term, f"balai {term}")
    return {
        "tempat": tempat,
        "desa": village,
        "sebutan": term,
        "kepala": HEADS.get(term, f"kepala {term}"),
        "balai": hall,
        "kantor": f"kantor {term}",
        "anggaran": "dana kelurahan" if term == "kelurahan" else f"anggaran {term}",
        "kecamatan": kecamatan or place.regency,
        "kec": district or place.regency,
        "kabupaten": place.regency,
        "provinsi": place.province,
        "alamat": f"{tempat}, {wider}",
        "zona": clock(place.province_code),
    }
