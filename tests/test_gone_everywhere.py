"""What is taken off the portal is gone from every public address that showed it, whatever was kept there."""

import re
from collections import deque
from datetime import timedelta

import policy
import pytest
from conftest import make_user
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import resolve
from django.utils import timezone

from accounts.closing import close_account
from activities.models import Comment, Photo
from activities.models.hoaxes import mark_as_hoax
from activities.models.neighbours import FEW_ADAPTATIONS
from communities.models import Community, Material
from kimportal.middleware import PUBLIC_SECONDS
from pages import freshness

pytestmark = pytest.mark.django_db

# Links of pages, feeds, sitemaps, suggestions and calendars.
LINK = re.compile(
    r'(?:href|src|action|content|data-[a-z-]+)="([^"]+)"|<loc>([^<]+)|"url": "([^"]+)|^URL:(.+)$', re.MULTILINE
)
# What belongs to a person, or to nobody; the months of the calendar, of which each knows the next one; and the weeks of
# the charts, fifty of each region.
ELSEWHERE = re.compile(r"(/en)?/(ruang|petugas|akun|static|verifikasi)/|.*[?&](bulan|sampai)=")
# Public pages that no other leads to but a script, a form or a machine.
UNLINKED = [
    *[f"{language}/cari/?q={word}" for language in ("", "/en") for word in ("kabar", "bersinar")],
    *["/cari/saran/?q=bersinar", "/cari/saran/?q=jembayan", "/feed/cari/?q=kabar", "/wilayah/saran/?q=jembayan"],
    *["/wilayah-saya/berita/64.02/", "/en/wilayah-saya/berita/64.02.02.2003/", "/wilayah-saya/peringatan/64.02/"],
    *[f"{path}?sejak=2026-01-01&sampai=2099-12-31" for path in ("/kegiatan/", "/en/kegiatan/", "/feed/")],
    *["/feed/bidang/kesehatan/", "/feed/?wilayah=64.02", "/kegiatan/?jenis=agenda", "/kim/?peta=1"],
    *["/usulan/kirim/sekitar/", "/sitemap.xml", "/robots.txt", "/tulis/luring/", "/luring/", "/sw.js"],
    *[f"/api/v1/{path}" for path in ("", "docs", "openapi.json", "regions", "statistics", "kim", "posts?region=64.02")],
    *[f"/api/v1/{path}" for path in ("aspirations", "bulletins", "posts?format=geojson", "kim?format=csv")],
    *[f"/api/v1/deleted/{name}" for name in ("kim", "posts", "aspirations")],
    *["/sebarkan/luring/", "/usulan/luring/", "/belum-terkirim/", "/statistik/64.02/angka/"],
]


# The open data of what has a page: neither leads to the other.
DATA_OF = [
    (re.compile(page), data)
    for page, data in [
        (r"/wilayah/([0-9.]+)-", "/api/v1/regions/{}"),
        (r"/wilayah/([0-9.]+)-", "/sematkan/wilayah/{}/"),
        (r"/kim/([^/?]+)/", "/api/v1/kim/{}"),
        (r"/kim/([^/?]+)/", "/sematkan/kim/{}/"),
        (r"/kim/([^/?]+)/", "/lencana/{}.svg"),
        (r"((?:/en)?/kim/[^/?]+/)$", "{}cetak/"),
        (r"/kegiatan/(\d+)-", "/api/v1/posts/{}"),
        (r"/usulan/(ASP-[^/]+)/", "/api/v1/aspirations/{}"),
        (r"/informasi/(\d+)-", "/api/v1/bulletins/{}"),
    ]
]


@pytest.fixture(autouse=True)
def store(settings, monkeypatch):
    settings.PAGE_STORE = settings.CARD_STORE = True
    settings.SEARCHES_PER_MINUTE = 0
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    # A test's transaction is never through.
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())


class Reader:
    """Follows every public link, in both languages, and knows which answers showed what."""

    def __init__(self, client):
        self.client, self.answers, self.said = client, {}, {}

    def read_everything(self):
        waiting = deque(["/", "/en/", *UNLINKED])
        while waiting:
            address = waiting.popleft()
            if address not in self.answers:
                self.answers[address] = answer = self.client.get(address)
                self.said[address] = said(answer)
                waiting += (links(answer) | data_of(address)) - self.answers.keys()

    def names(self):
        """Of the views that answered."""
        paths = (address.partition("?")[0] for address, answer in self.answers.items() if answer.status_code == 200)
        return {resolve(path.removeprefix("/en")).view_name for path in paths}

    def showing(self, word):
        return [address for address, text in self.said.items() if word in text]

    def still_showing(self, word):
        return [address for address in self.showing(word) if word in said(self.client.get(address))]


def links(answer):
    if answer.streaming or answer["Content-Type"].startswith("image/jpeg"):
        return set()
    found = ("".join(groups).strip() for groups in LINK.findall(answer.text))
    paths = {link.replace("&amp;", "&").removeprefix(settings.SITE_URL).partition("#")[0] for link in found}
    return {path for path in paths if re.match(r"/(?!/)", path) and not ELSEWHERE.match(path)}


def data_of(address):
    return {data.format(found[1]) for page, data in DATA_OF if (found := page.match(address))}


def said(answer):
    """Its text and the name of a file; what is at an address that names it, a photo, shows it by being there."""
    if answer.status_code not in (200, 301, 302):
        return ""
    named = f"{answer.request['PATH_INFO']} {answer.get('Location')} {answer.get('Content-Disposition')}"
    text = "" if answer.streaming or answer["Content-Type"].startswith("image/jpeg") else answer.text
    return f"{named} {text}".lower()


@pytest.fixture
def reader(client):
    return Reader(client)


@pytest.fixture
def world(
    places, make_post, make_bulletin, make_aspiration, make_community, mekar, siti, made, joko, make_cycle, make_scores
):
    """What shows and is taken off: `{word: (on how many addresses it shows at least, how it goes, where it stays)}`."""
    tomorrow = timezone.now() + timedelta(days=1)
    correction = {"type": "klarifikasi", "verdict": "salah", "source_name": "Dinas"}

    def hidden(word, **facts):
        post = make_post(title=f"Kabar {word}", **facts)
        return lambda: post.hide(by=made, reason="other", note="Keliru")

    def kim(word, **facts):
        return make_community(f"KIM {word} Bersinar", **{"seat": "64.02.02.2011"} | facts)

    def writing(community, place):
        make_post(community=community, place=places[place])
        make_post(community=community, place=places[place], type="agenda", starts_at=tomorrow, venue="Balai")
        return community

    def renamed(thing, name):
        def rename():
            thing.name = name
            thing.save()

        return rename

    doubtful = make_post(title="Batu biasa")
    correcting = make_post(title="Kabar berlian", claim="Ada", clarifies=doubtful, **correction)
    mark_as_hoax(doubtful, by=made, clarification=correcting)
    doubted = make_post(title="Kabar intan")
    make_post(title="Pelurusan", claim="Ada", clarifies=doubted, **correction)
    archived, corrected, pictured = (make_post(title=f"Kabar {word}") for word in ("topas", "opal", "yang tetap"))
    taken_down = make_post(title="Kabar lazuardi")
    photo, former = with_photo(pictured, alt="Sebutir nilam"), with_photo(make_post(title="Kabar giok"))
    said = Comment.objects.say(post=pictured, author=joko, text="Ini kecubung!")
    resident = make_user("Safir")
    Comment.objects.say(post=pictured, author=resident, text="Salam")
    member = mekar.memberships.create(user=make_user("Biduri"), name="Biduri")
    mekar.positions.create(membership=member, role="bendahara")
    writer = make_user("Pandan")
    writing_member = mekar.memberships.create(user=writer, name="Pandan")
    mekar.positions.create(membership=writing_member, role="sekretaris")
    Comment.objects.say(post=make_post(title="Kabar penulis", author=writer), author=writer, text="Salam semua")
    suspended, dissolved = kim("Akik"), kim("Kuarsa")
    adapted = make_post(title="Kabar asal")
    adaptation = make_post(title="Kabar zirkon", origin=adapted, community=kim("Penerus"))
    for number in range(FEW_ADAPTATIONS):
        make_post(title=f"Kabar serupa {number}", origin=adapted, community=kim(f"Serupa {number}"))
    wished, withdrawn = (make_aspiration(title=f"Jalan {word}") for word in ("jasper", "spinel"))
    seen = with_files(wished.photos.create(width=640, height=400))
    guide = shelved(title="Panduan ametis", region=places["64.02"], by=made)
    pirus, granat = writing(kim("Pirus"), "64.02.02.2011"), writing(kim("Granat"), "64.71.01.1001")
    make_scores(make_cycle(status="published"))
    logo = with_files(granat.pictures.create(kind="logo", alt="Logo", width=640, height=400))

    return {
        "zamrud": (30, hidden("zamrud", bulletin=make_bulletin(status="sent")), []),
        "mirah": (30, hidden("mirah", type="agenda", starts_at=tomorrow, venue="Lapangan mirah"), []),
        "delima": (30, hidden("delima", claim="Delima", **correction), []),
        "mutiara": (30, hidden("mutiara", type="potensi", product="Mutiara"), []),
        "berlian": (30, lambda: correcting.hide(by=made, reason="other"), []),
        "intan": (30, lambda: doubted.hide(by=made, reason="other"), []),
        "lazuardi": (30, lambda: taken_down.take_down(by=siti), []),
        "topas": (30, lambda: archived.archive(by=siti), []),
        f"/sampul/kegiatan-{archived.pk}-": (3, lambda: None, []),
        # Whoever follows an old link is led to the new address; the link is theirs.
        "opal": (30, said_as(corrected, "Kabar batu"), own_addresses(corrected)),
        "nilam": (4, lambda: photo.hide(by=made, reason="other"), []),
        str(photo.uuid): (15, lambda: None, []),
        str(former.uuid): (15, lambda: former.post.hide(by=made, reason="other"), []),
        "kecubung": (2, lambda: said.hide(by=made, reason="other"), []),
        "safir": (2, renamed(resident, "Batu"), []),
        "biduri": (2, member.leave, []),
        "pandan": (2, lambda: close_account(writer), []),
        "akik": (15, lambda: suspended.suspend(by=made, note="Vakum"), own_addresses(suspended)),
        "kuarsa": (15, lambda: dissolved.dissolve(by=made, note="Bubar"), own_addresses(dissolved)),
        "pirus": (30, renamed(pirus, "KIM Batu"), []),
        "baiduri": (30, renamed(writing(kim("Baiduri"), "64.71.01.1001"), "KIM Kerikil"), []),
        "zirkon": (30, lambda: adaptation.hide(by=made, reason="other"), []),
        "ametis": (4, guide.withdraw, []),
        "spinel": (10, withdrawn.withdraw, []),
        "jasper": (10, lambda: wished.hide(by=made, note="Keliru"), []),
        str(seen.uuid): (4, lambda: None, []),
        "granat": (30, merged(granat, mekar, made), []),
        str(logo.uuid): (4, lambda: None, []),
    }


# Read from live rows each time, for whoever has the code (tests/communities/test_certificates.py).
# Files of all rows are read in tests/kimportal/test_dumps.py; `/lacak/` shows nothing to who gave no code.
UNREAD = {"aspirations:track", "communities:certificate", "communities:certificate_file", "dump"}


def public_pages():
    rows = [row for row in policy.rows() if row.section == "Public pages" and row.method == "GET"]
    return {row.deed for row in rows if row.outcomes["visitor"] == "ok"}


def with_photo(post, alt="Warga"):
    photo = with_files(Photo.objects.create(post=post, alt=alt, width=640, height=400))
    post.lead_photo = photo
    post.save()
    return photo


def with_files(photo):
    for name in photo.NAMES:
        default_storage.save(photo.path(name), ContentFile(b"picture"))
    return photo


def shelved(**facts):
    file = default_storage.save("materials/1.pdf", ContentFile(b"%PDF-1.7"))
    return Material.objects.create(file=file, name="panduan.pdf", size=8, **facts)


def said_as(post, title):
    def say():
        post.revisions.propose(post, post.facts | {"title": title}, by=post.author).take_effect(
            reviewed_at=timezone.now()
        )

    return say


def merged(community, into, by):
    return lambda: community.merge_into(into, by=by)


def own_addresses(thing):
    """Of a page in both languages; of a KIM its feed too."""
    own = [thing.get_absolute_url(), f"/en{thing.get_absolute_url()}"]
    own += [data for address in own for data in data_of(address) if isinstance(thing, Community)]
    return [*own, f"/feed/kim/{thing.slug}/"] if isinstance(thing, Community) else own


def test_every_public_page_is_read_and_shows_nothing_that_was_taken_off(reader, world, subtests):
    reader.read_everything()

    with subtests.test("each is among those read"):
        assert public_pages() - reader.names() == UNREAD
    with subtests.test("none is kept longer than a moment"):
        for address in {address for word in world for address in reader.showing(word)}:
            rule = reader.answers[address]["Cache-Control"]
            assert "no-store" in rule or f"max-age={PUBLIC_SECONDS}," in rule or "s-maxage=0" in rule, address
    for word, (least, deed, stays) in world.items():
        with subtests.test(word):
            before = reader.showing(word)
            assert len(before) >= least, before
            deed()
            assert sorted(reader.still_showing(word)) == sorted(stays)


def test_a_picture_for_sharing_is_another_for_other_words_within_the_same_second(make_post, mekar):
    post = make_post(title="Zamrud")
    addresses = {post.og_image_url}
    post.title = "Batu"
    post.save()
    addresses.add(post.og_image_url)
    post.community.name = "KIM Batu"
    addresses.add(post.og_image_url)

    assert len(addresses) == 3
