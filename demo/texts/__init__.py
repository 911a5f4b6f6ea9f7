"""The words of the demonstration data: what KIMs are called, who speaks, and what they write.

The stories stand in the TOML files beside this one, a file per field (bidang), for anyone to read and mend;
`umum.toml` holds what all stories share. The same `random.Random` seed always yields the same words.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from demo.texts.grammar import Pen
from demo.texts.names import community_about, community_name, community_names, person_name

__all__ = [
    "STORIES",
    "Draft",
    "PhotoText",
    "PlaceWords",
    "Story",
    "community_about",
    "community_name",
    "community_names",
    "person_name",
    "stories_for",
    "write_post",
]

FOLDER = Path(__file__).parent
COMMON = tomllib.loads((FOLDER / "umum.toml").read_text(encoding="utf-8"))

TITLE_LENGTH = (35, 90)
SUMMARY_LENGTH = (40, 180)

# How a report may be built; "detail" twice gives two different ones.
SHAPES = (
    ("lead", "detail", "quote", "background", "outlook"),
    ("lead", "detail", "detail", "quote", "outlook"),
    ("lead", "quote", "detail", "tips", "outlook"),
    ("lead", "detail", "quote", "detail", "background", "outlook"),
    ("lead", "detail", "quote", "outlook"),
    ("lead", "background", "detail", "quote", "tips", "outlook"),
    ("lead", "detail", "detail", "quote", "background", "headed outlook"),
    ("lead", "detail", "block quote", "detail", "headed outlook"),
    ("lead", "detail", "quote", "headed tips", "outlook"),
)


@dataclass(frozen=True)
class PlaceWords:
    """Where a KIM sits. An empty village means a KIM of the district, an empty district one of the regency."""

    village: str
    village_term: str
    district: str
    regency: str
    province: str
    province_code: str


@dataclass(frozen=True)
class Story:
    """Something KIMs write about, with all the words to do so in `words`."""

    key: str
    sector: str
    picture: str
    types: tuple[str, ...]
    duties: tuple[str, ...]
    months: tuple[int, ...] = ()  # empty: all the year
    provinces: tuple[str, ...] = ()  # codes; empty: everywhere
    regencies: tuple[str, ...] = ()  # parts of names; empty: everywhere
    rural: bool = False
    words: dict = field(default_factory=dict, repr=False, compare=False)

    def suits(self, place, month=None):
        return (
            (not self.months or month is None or month in self.months)
            and (not self.provinces or place.province_code in self.provinces)
            and (not self.regencies or any(name in place.regency for name in self.regencies))
            and not (self.rural and (place.village_term.lower() == "kelurahan" or place.regency.startswith("Kota ")))
        )


@dataclass
class PhotoText:
    alt: str
    caption: str


@dataclass
class Draft:
    """A post as a member would have typed it; what a type does not need stays empty."""

    title: str
    summary: str
    body: str
    participants: int | None = None
    people: list[str] = field(default_factory=list)
    photos: list[PhotoText] = field(default_factory=list)
    # AGENDA, told in the clock of the place
    days_ahead: int | None = None
    start_hour: int | None = None
    duration_hours: int | None = None
    venue: str = ""
    # KLARIFIKASI
    claim: str = ""
    verdict: str = ""
    source_name: str = ""
    # POTENSI
    product: str = ""
    contact: str = ""


def load_stories():
    for path in sorted(FOLDER.glob("*.toml")):
        if path.stem == "umum":
            continue
        for key, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            facts = {name: tuple(words[name]) for name in ("types", "duties")}
            limits = {name: tuple(words[name]) for name in ("months", "provinces", "regencies") if name in words}
            yield Story(
                key=key,
                sector=path.stem,
                picture=words["picture"],
                rural=words.get("rural", False),
                words=words,
                **facts,
                **limits,
            )


STORIES: list[Story] = list(load_stories())


def stories_for(place: PlaceWords, month: int | None = None) -> list[Story]:
    """The stories a KIM of this place could believably write about in this month (1 to 12)."""
    return [story for story in STORIES if story.suits(place, month)]


def write_post(rng, story: Story, place: PlaceWords, community: str, kind: str) -> Draft:
    """Write one post of the kind (one of `story.types`) about the story, as that KIM of that place."""
    if kind not in story.types:
        raise ValueError(f"{story.key} is never written as {kind}")
    pen = Pen(rng, place, COMMON["slots"] | story.words.get("slots", {}), person_name)
    pen.known["kim"] = community
    draft = WRITERS[kind](pen, story.words)
    draft.people = pen.people
    draft.photos = photos_of(pen, story, kind)
    return draft


def headlines(pen, titles, summaries):
    title = pen.fitting(titles, *TITLE_LENGTH)
    if title is None:
        title = shortened(pen.one(titles), TITLE_LENGTH[1])
        if len(title) < TITLE_LENGTH[0]:
            title = f"{title}, laporan {pen.known['kim']}"[: TITLE_LENGTH[1]]
    summary = pen.fitting(summaries, *SUMMARY_LENGTH) or shortened(pen.one(summaries), SUMMARY_LENGTH[1])
    return title, summary


def shortened(text, longest):
    """The text, cut between words where a long place name made it too long."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(",") + "…"


def report(pen, words):
    title, summary = headlines(pen, words["titles"], words["summaries"])
    shape = pen.rng.choice(SHAPES)
    details = pen.some(words["details"], shape.count("detail"))
    paragraphs = []
    for part in shape:
        heading = part.startswith("headed ")
        part = part.removeprefix("headed ")
        if part == "detail":
            text = details.pop(0)
        elif part == "quote":
            text = quotation(pen, words["quotes"])
        elif part == "block quote":
            text = block_quotation(pen, words["quotes"])
        elif part == "tips":
            text = tips(pen, words) if "tips" in words else pen.one(words["backgrounds"])
        else:
            text = pen.one(words[f"{part}s"])
        if heading:
            text = f"## {pen.one(COMMON['headings'][part])}\n\n{text}"
        paragraphs.append(text)
    if pen.rng.random() < 0.3 and len(paragraphs) < 6:
        paragraphs.append(pen.one(COMMON["closings"]))
    return with_participants(pen, words, Draft(title, summary, "\n\n".join(paragraphs)))


def gallery(pen, words):
    title, summary = headlines(pen, words["galleries"], words["summaries"])
    paragraphs = [pen.one(words["leads"]), pen.one(words["details"]), pen.one(COMMON["gallery_closings"])]
    if pen.rng.random() < 0.4:
        paragraphs.insert(2, quotation(pen, words["quotes"]))
    return with_participants(pen, words, Draft(title, summary, "\n\n".join(paragraphs)))


def announcement(pen, words):
    notice = words["notice"]
    title, summary = headlines(pen, notice["titles"], notice["summaries"])
    paragraphs = [pen.one(notice["leads"])]
    if "details" in notice:
        paragraphs.append(pen.one(notice["details"]))
    paragraphs.append(tips(pen, notice if "tips" in notice else words))
    paragraphs.append(pen.one(COMMON["notice_closings"]))
    return Draft(title, summary, "\n\n".join(paragraphs))


def agenda(pen, words):
    plan = words["agenda"]
    hour = pen.rng.choice(plan.get("hours", (8, 9)))
    duration = pen.rng.choice(plan.get("durations", (2, 3)))
    venue = pen.one(plan.get("venues", COMMON["venues"]))
    pen.known |= {"jam": f"{hour:02}.00 {pen.known['zona']}", "venue": venue}
    title, summary = headlines(pen, plan["titles"], plan["summaries"])
    facts = [
        f"Waktu: pukul {hour:02}.00–{hour + duration:02}.00 {pen.known['zona']}",
        f"Tempat: {venue}",
        f"Peserta: {pen.fill(pen.rng.choice(plan['audiences']))}",
    ]
    if pen.rng.random() < 0.7:
        facts.append(pen.one(COMMON["agenda_facts"]))
    paragraphs = [pen.one(plan["leads"]), bullets(facts), pen.one(COMMON["agenda_closings"])]
    if pen.rng.random() < 0.75:
        paragraphs.insert(1, pen.one(plan["details"]))
    if "tips" in words and pen.rng.random() < 0.35:
        paragraphs.insert(-1, tips(pen, words))
    days_ahead = pen.rng.randint(2, 24)
    body = "\n\n".join(paragraphs)
    return Draft(title, summary, body, days_ahead=days_ahead, start_hour=hour, duration_hours=duration, venue=venue)


def clarification(pen, words):
    case = pen.rng.choice(words["claims"])
    pen.slots = pen.slots | case.get("slots", {})
    claim = pen.one(case["claims"])
    verdict, source = case["verdict"], pen.fill(pen.rng.choice(case["sources"]))
    pen.known |= {"sumber": source, "hasil": verdict}
    title, summary = headlines(pen, case["titles"], case["summaries"])
    paragraphs = [
        pen.one(COMMON["claim_leads"]) + f" Isinya: “{claim.rstrip('.')}.”",
        f"## {pen.one(COMMON['headings']['check'])}\n\n{pen.one(case['facts'])}",
        pen.one(case["explanations"]),
        pen.one(COMMON["verdicts"][verdict]),
    ]
    if pen.rng.random() < 0.5:
        paragraphs.append(quotation(pen, COMMON["check_quotes"]))
    paragraphs.append(tips(pen, COMMON if pen.rng.random() < 0.5 or "tips" not in words else words))
    body = "\n\n".join(paragraphs)
    return Draft(title, summary, body, claim=claim, verdict=verdict, source_name=source)


def potential(pen, words):
    goods = words["product"]
    product = pen.one(goods["names"])
    pen.known["produk"] = product[:1].lower() + product[1:] if goods.get("common", True) else product
    title, summary = headlines(pen, goods["titles"], goods["summaries"])
    first, second = pen.some(goods["details"], 2)
    paragraphs = [pen.one(goods["leads"]), first, quotation(pen, goods["quotes"]), second]
    if pen.rng.random() < 0.6:
        paragraphs.append(pen.one(COMMON["product_backgrounds"]))
    contact = pen.one(COMMON["contacts"])
    paragraphs.append(pen.one(COMMON["product_closings"]))
    return Draft(title, summary, "\n\n".join(paragraphs), product=product, contact=contact)


WRITERS = {
    "BERITA": report,
    "GALERI": gallery,
    "PENGUMUMAN": announcement,
    "AGENDA": agenda,
    "KLARIFIKASI": clarification,
    "POTENSI": potential,
}


def with_participants(pen, words, draft):
    """Count the participants as the text does; without a count in its words a report has none."""
    if "peserta" in words.get("slots", {}):
        draft.participants = int(pen.slot("peserta").replace(".", ""))
    return draft


def tips(pen, words):
    introduction = pen.one(words["tips_intro"])
    return f"{introduction}\n\n" + bullets(pen.some(words["tips"], pen.rng.choice((3, 4, 4))))


def bullets(lines):
    return "\n".join(f"- {line}" for line in lines)


def quotation(pen, quotes):
    """A quotation in running text, the speaker between the first sentence and the rest."""
    role, words = spoken(pen, quotes)
    speaker = f"{pen.slot('orang')}, {role}"
    verb = pen.rng.choice(COMMON["said"])
    first, _, rest = words.partition(". ")
    if pen.rng.random() < 0.2 and not rest:
        return f"{pen.slot('orang')}, {role}, mengatakan, “{first.rstrip('.')}.”"
    # A question keeps its mark, a statement ends in a comma before the speaker is named.
    opening = first if first[-1] in "?!" else first.rstrip(".") + ","
    return f"“{opening}” {verb} {speaker}." + (f" “{rest.rstrip('.')}.”" if rest else "")


def block_quotation(pen, quotes):
    role, words = spoken(pen, quotes)
    return f"> “{words.rstrip('.')}.”\n>\n> — {pen.slot('orang')}, {role}"


def spoken(pen, quotes):
    role, words = re.split(r"\s*\|\s*", pen.rng.choice(quotes))
    return pen.fill(role), pen.sentence(words)


def photos_of(pen, story, kind):
    count = pen.rng.choice({"GALERI": (3, 4, 4), "POTENSI": (2, 3), "BERITA": (1, 2, 2, 3)}.get(kind, (1,)))
    alts = pen.some(COMMON["alts"][story.picture], count)
    key = "product" if kind == "POTENSI" else None
    words = story.words[key] if key else story.words
    captions = pen.some(words.get("captions", COMMON["captions"]), count)
    captions += [""] * (count - len(captions))
    return [PhotoText(alt, caption) for alt, caption in zip(alts, captions, strict=False)]
