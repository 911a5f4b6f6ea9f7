"""The words people use for places: kinds, local terms, abbreviations, and one plain spelling for searching."""

import re
import unicodedata

# The codes of all five levels: 0, 64, 64.02, 64.02.06, 64.02.06.2001.
CODE = re.compile(r"0|\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)

# How the official list writes the kind into the name of a regency or city; the longest comes first.
REGENCY_PREFIXES = [
    ("Kabupaten Administrasi ", "kabupaten", "kabupaten administrasi"),
    ("Kota Administrasi ", "kota", "kota administrasi"),
    ("Kabupaten ", "kabupaten", "kabupaten"),
    ("Kota ", "kota", "kota"),
]

# The first digit of a village's own number says what it is (Permendagri 58/2021).
VILLAGE_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}

PAPUA = {"91", "92", "93", "94", "95", "96"}
YOGYAKARTA_CITY = "34.71"

# What a desa is called where its regency or city (or the whole province) has another word for it by law of its own.
VILLAGE_TERMS = {
    **dict.fromkeys(["11.01", "11.03", "11.05", "11.06", "11.07", "11.08", "11.11", "11.12", "11.14"], "gampong"),
    **dict.fromkeys(["11.15", "11.18", "11.71", "11.72", "11.73", "11.74"], "gampong"),
    **dict.fromkeys(["11.04", "11.13", "11.16", "11.17"], "kampung"),
    **dict.fromkeys(["11.10", "11.75"], "kampong"),
    "11.02": "kute",
    "12.08": "nagori",
    **dict.fromkeys(["13.01", "13.02", "13.03", "13.04", "13.05", "13.06", "13.07"], "nagari"),
    **dict.fromkeys(["13.08", "13.10", "13.11", "13.12"], "nagari"),
    "14.07": "kepenghuluan",
    "14.08": "kampung",
    "15.08": "dusun",
    **dict.fromkeys(["18.04", "18.06", "18.10", "18.13"], "pekon"),
    **dict.fromkeys(["18.02", "18.05", "18.08"], "kampung"),
    "18.12": "tiyuh",
    "34": "kalurahan",
    **dict.fromkeys(["64.03", "64.07", "64.11"], "kampung"),
    **dict.fromkeys(["71.03", "71.09"], "kampung"),
    **dict.fromkeys(["73.18", "73.26"], "lembang"),
    "81.02": "ohoi",
    **dict.fromkeys(PAPUA, "kampung"),
}


def kind_and_name(code, name):
    """`("kota", "kota administrasi", "Jakarta Selatan")` for 31.74: the kind, the local term, the name without them."""
    match code.split("."):
        case [_province]:
            return "provinsi", "provinsi", name
        case [_province, _regency]:
            for prefix, kind, term in REGENCY_PREFIXES:
                if name.startswith(prefix):
                    return kind, term, name.removeprefix(prefix)
            raise ValueError(f"{code} {name}: neither Kabupaten nor Kota")
        case [_province, _regency, _district]:
            return "kecamatan", district_term(code), name
        case [_province, _regency, _district, number]:
            kind = VILLAGE_KINDS[number[0]]
            return kind, village_term(code, kind), name.removeprefix("Desa Adat ")


def full_former_name(name):
    """Editions before 2025 wrote "KAB. TOBA SAMOSIR"."""
    if name.startswith("KAB. "):
        return f"Kabupaten {name.removeprefix('KAB. ').title()}"
    return name.title() if name.startswith("KOTA ") else name


def without_kind(name):
    return next((name.removeprefix(prefix) for prefix, _, _ in REGENCY_PREFIXES if name.startswith(prefix)), name)


def district_term(code):
    if code[:2] in PAPUA:
        return "distrik"
    if code[:2] == "34":
        return "kemantren" if code.startswith(YOGYAKARTA_CITY) else "kapanewon"
    return "kecamatan"


def village_term(code, kind):
    if kind == "desa_adat":
        return "kampung adat" if code[:2] in PAPUA else "desa adat"
    if kind == "kelurahan":
        return "kelurahan"
    return VILLAGE_TERMS.get(code[:5]) or VILLAGE_TERMS.get(code[:2]) or "desa"


# Words that only say what kind of place is meant. They rank, they are not required.
KIND_WORDS = {
    "provinsi": {"provinsi", "propinsi", "prov", "province"},
    "kabupaten": {"kabupaten", "kab", "regency"},
    "kota": {"kota", "kotamadya", "kodya", "city"},
    "kecamatan": {"kecamatan", "kec", "distrik", "kapanewon", "kemantren", "district"},
    "kelurahan": {"kelurahan", "kel", "urban", "village"},
    "desa": {"desa", "ds", "gampong", "nagari", "kalurahan", "pekon", "tiyuh", "lembang", "kampung", "village"},
}

# Whatever else a village is called where people have a word of their own.
LOCAL_TERMS = {*VILLAGE_TERMS.values()}
# "Kota Administrasi Jakarta Timur", "Desa Adat Kuta".
FILLERS = {"administrasi", "adm", "administratif", "adat"}

# What people write instead of the name: abbreviations and what they still call it, separated by commas.
OTHER_NAMES = {
    "11": "nad, nanggroe aceh darussalam, di aceh, d.i. aceh",
    "12": "sumut",
    "13": "sumbar",
    "16": "sumsel",
    "17": "bkl",
    "18": "lpg",
    "19": "babel",
    "21": "kepri",
    "31": "jakarta, dki, dki jakarta, dkj, daerah khusus jakarta",
    "32": "jabar",
    "33": "jateng",
    "34": "yogyakarta, diy, di yogyakarta, d.i. yogyakarta, jogja, jogjakarta, yogya",
    "35": "jatim",
    "52": "ntb",
    "53": "ntt",
    "61": "kalbar",
    "62": "kalteng",
    "63": "kalsel",
    "64": "kaltim",
    "65": "kaltara, kalut",
    "71": "sulut",
    "72": "sulteng",
    "73": "sulsel",
    "74": "sultra",
    "75": "gtlo",
    "76": "sulbar",
    "82": "malut",
    "92": "pabar",
    "93": "pasel",
    "94": "pateng",
    "95": "papeg",
    "96": "pbd",
    "11.01": "asel",
    "11.02": "agara",
    "11.03": "atim",
    "11.04": "ateng",
    "11.05": "abar",
    "11.08": "aut",
    "11.12": "abdya",
    "11.18": "pijay",
    "12.01": "tapteng",
    "12.02": "taput",
    "12.03": "tapsel",
    "12.10": "labuhan batu",
    "12.12": "tobasa",
    "12.13": "madina",
    "12.14": "nisel",
    "12.16": "humbahas",
    "12.18": "sergai",
    "12.20": "paluta",
    "12.21": "palas",
    "12.22": "labusel",
    "12.23": "labura",
    "12.72": "siantar",
    "12.77": "sidempuan, psp",
    "13.01": "pessel",
    "13.05": "padpar",
    "13.11": "solsel",
    "13.12": "pasbar",
    "14.02": "inhu",
    "14.04": "inhil",
    "14.06": "rohul",
    "14.07": "rohil",
    "14.09": "kuansing",
    "15.04": "batang hari",
    "15.06": "tanjabbar",
    "15.07": "tanjabtim",
    "16.01": "oku",
    "16.02": "oki",
    "16.05": "mura",
    "16.06": "muba",
    "16.08": "okut, oku timur",
    "16.09": "okus, oku selatan",
    "16.12": "pali",
    "16.13": "muratara",
    "17.05": "seluma",
    "18.01": "lamsel",
    "18.02": "lamteng",
    "18.03": "lampura",
    "18.04": "lambar",
    "18.05": "tuba",
    "18.07": "lamtim",
    "18.12": "tubaba",
    "18.13": "pesibar",
    "18.71": "balam",
    "19.03": "basel",
    "19.04": "bateng",
    "19.05": "babar",
    "19.06": "beltim",
    "31.01": "pulau seribu",
    "31.71": "jakpus",
    "31.72": "jakut",
    "31.73": "jakbar",
    "31.74": "jaksel",
    "31.75": "jaktim",
    "32.17": "kbb",
    "32.15": "krawang",
    "33.72": "solo",
    "34.01": "kulonprogo",
    "34.03": "gunung kidul",
    "34.71": "jogja, jogjakarta, yogya",
    "36.74": "tangsel",
    "52.01": "lobar",
    "52.02": "loteng",
    "52.03": "lotim",
    "52.07": "ksb",
    "52.08": "klu",
    "53.02": "tts",
    "53.03": "ttu",
    "53.06": "flotim",
    "53.15": "mabar",
    "53.18": "sbd",
    "53.19": "matim",
    "61.06": "kaphul",
    "61.11": "kku",
    "61.12": "kkr",
    "62.01": "kobar",
    "62.02": "kotim",
    "62.04": "barsel",
    "62.05": "barut",
    "62.10": "gumas",
    "62.11": "pulpis",
    "62.12": "mura",
    "62.13": "bartim",
    "62.71": "palangka raya",
    "63.01": "tala",
    "63.04": "batola",
    "63.06": "hss",
    "63.07": "hst",
    "63.08": "hsu",
    "63.10": "tanbu",
    "64.01": "pasir",
    "64.02": "kukar, kutai kertanegara",
    "64.07": "kubar",
    "64.08": "kutim",
    "64.09": "ppu",
    "64.11": "mahulu",
    "64.71": "bpp",
    "65.04": "ktt",
    "71.01": "bolmong",
    "71.05": "minsel",
    "71.06": "minut",
    "71.07": "mitra",
    "71.08": "bolmut",
    "71.09": "sitaro, kepulauan sitaro",
    "71.10": "boltim",
    "71.11": "bolsel",
    "72.04": "tolitoli",
    "72.07": "bangkep",
    "72.08": "parimo, parigi mautong",
    "72.09": "touna",
    "72.11": "balut",
    "72.12": "morut",
    "73.10": "pangkep",
    "73.14": "sidrap",
    "73.18": "tator",
    "73.22": "lutra",
    "73.24": "lutim",
    "73.26": "torut",
    "73.71": "ujung pandang, mks",
    "74.05": "konsel",
    "74.08": "kolut",
    "74.09": "konut",
    "74.10": "butur",
    "74.11": "koltim",
    "74.12": "konkep",
    "74.13": "mubar",
    "74.14": "buteng",
    "74.15": "busel",
    "74.72": "baubau",
    "75.03": "bonebol",
    "75.05": "gorut",
    "76.04": "polman, polewali mamasa",
    "76.06": "mateng",
    "81.01": "malteng",
    "81.02": "malra",
    "81.03": "kkt",
    "81.05": "sbt",
    "81.06": "sbb",
    "81.08": "mbd",
    "81.09": "bursel",
    "82.01": "halbar",
    "82.02": "halteng",
    "82.03": "halut",
    "82.04": "halsel",
    "82.06": "haltim",
    "92.03": "fakfak",
    "92.11": "mansel",
    "92.12": "pegaf",
    "95.02": "pegubin",
    "95.05": "mamteng",
}
# Of one word, as people write them: "kukar".
SHORT_NAMES = {name: code for code, names in OTHER_NAMES.items() for name in names.split(", ") if " " not in name}

# Typed, typographic, Hawaiian, of another keyboard: in "Ma'u" and Jum'at any of them is meant.
APOSTROPHES = re.compile(r"['\"`´‘’‚‛“”ʹʻʼʽˈˊˋ′‵＇｀]")
OTHER_SIGNS = re.compile(r"[^a-z0-9]+")


def plain(text):
    """One spelling for searching: lower case, no accents, no apostrophes, single blanks."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return OTHER_SIGNS.sub(" ", APOSTROPHES.sub("", text).lower()).strip()


# All of them as `plain` writes them: "kukar", "dki jakarta"; a name may be that of several places.
PLAIN_NAMES = [(plain(name), code) for code, names in OTHER_NAMES.items() for name in names.split(", ")]


def other_names(code, name):
    """What else a place is called: also each half of "Mekarwangi/Sukatani", and "Kurau (Timur)" without its aside."""
    yield from filter(None, OTHER_NAMES.get(code, "").split(", "))
    if "/" in name:
        yield from name.split("/")
    if "(" in name:
        yield name.partition("(")[0]
