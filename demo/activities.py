"""Demonstration data: invented KIMs, people and posts at real places, the same for the same seed.

The words come from `demo_texts`, the pictures from `demo_pictures`. Nothing here is read by the portal itself.
"""

import base64
import io
import random
import secrets
import uuid
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, time, timedelta
from itertools import islice

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.duties import Duty
from accounts.images import prepare_photo
from accounts.models import Dispatch, OfficerAssignment, User
from activities.models import Photo, Post, PostStep
from communities.models import Community, Decree, Membership, PartnerKind, Position, Sector, Step
from communities.models.numbers import number_of, prefix_of
from demo.aspirations import make_aspirations
from demo.bulletins import make_bulletins
from demo.communities import HOME, make_contacts, make_life, make_requests, make_rules_and_offices
from demo.community_pictures import dress
from demo.evaluations import make_evaluations
from demo.moderation import CODE, make_moderation
from demo.pictures import draw_scene
from demo.texts import (
    STORIES,
    PlaceWords,
    community_about,
    community_names,
    person_name,
    stories_for,
    write_post,
)
from regions.models import INDONESIA, Region

PASSWORD = "kim-contoh-2026"  # noqa: S105 printed at every start, demonstration data only

ACCOUNTS = [
    ("warga@contoh.id", "Joko Prasetyo", "warga"),
    ("anggota@contoh.id", "Rina Anggraini", "anggota KIM"),
    ("ketua@contoh.id", "Siti Rahmawati", "ketua KIM"),
    ("kabupaten@contoh.id", "Made Suartana", "petugas Diskominfo Kabupaten Kutai Kartanegara"),
    ("provinsi@contoh.id", "Ratna Dewi", "petugas Diskominfo Provinsi Kalimantan Timur"),
    ("kementerian@contoh.id", "Bagus Hartono", "petugas kementerian"),
]
OFFICERS = {"kabupaten@contoh.id": "64.02", "provinsi@contoh.id": "64", "kementerian@contoh.id": INDONESIA}

# Where the KIMs sit: code of a regency or province and its share.
SEATS = {
    "64.02": 40, "64.71": 16, "64.72": 8, "18": 32, "16.71": 20, "73.71": 20, "35": 36,
    "34": 4, "33": 4, "32": 4, "31": 3, "51": 3, "52": 2, "13": 2, "11": 2, "61": 2, "94": 1, "82": 1,
}  # fmt: skip

HOME_OF_SITI = "64.02.02.2003"  # Desa Jembayan, Loa Kulu, Kutai Kartanegara
ELSEWHERE = "64.71.01.1001"  # Kelurahan Manggar, Balikpapan Timur

S, P = Community.Status, Post.Status
# How KIMs stand, in thousandths; the rest is inaugurated.
COMMUNITY_STATUSES = {
    S.DRAFT: 15, S.SUBMITTED: 30, S.NEEDS_REVISION: 15, S.REJECTED: 10, S.VERIFIED: 90,
    S.SUSPENDED: 15, S.EXPIRED: 40, S.DISSOLVED: 15, S.MERGED: 10,
}  # fmt: skip
# What waits on the desk of the demonstration's officer.
WAITING_AT_HOME = [
    S.SUBMITTED, S.SUBMITTED, S.NEEDS_REVISION, S.VERIFIED, S.SUBMITTED, S.VERIFIED, S.SUBMITTED, S.VERIFIED,
]  # fmt: skip
POST_STATUSES = {
    P.DRAFT: 12, P.SUBMITTED: 10, P.IN_REVIEW: 15, P.RETURNED: 8, P.REJECTED: 5, P.HIDDEN: 5,
    P.ARCHIVED: 8,
}  # fmt: skip
PHOTO_POSTS, PICTURES_EACH = 420, 3
ADAPTED_POSTS = 30
YEARS = 3


def is_filled():
    return User.objects.filter(email=ACCOUNTS[0][0]).exists()


def give_new_duties():
    """What a newer portal has officers do, and none of a demonstration that was made before does."""
    for duty in Duty.known:
        if not OfficerAssignment.objects.filter(duties__contains=[duty]).exists():
            for assignment in OfficerAssignment.objects.current().filter(user__email__in=OFFICERS):
                assignment.duties.append(duty)
                assignment.save(update_fields=["duties"])


def give_second_factor():
    """The officers' authenticator shows what `./kim kode` says; without such a secret, nobody has it."""
    secret = settings.DEMO_SECRET or base64.b32encode(secrets.token_bytes(20)).decode()
    kept = {"secret": get_adapter().encrypt(secret)}
    for officer in User.objects.filter(email__in=OFFICERS):
        Authenticator.objects.update_or_create(user=officer, type=Authenticator.Type.TOTP, defaults={"data": kept})


class Demonstration:
    def __init__(self, seed, tell=print):
        self.rng = random.Random(seed)
        self.tell = tell
        self.now = timezone.now()
        self.sectors = {sector.slug: sector for sector in Sector.objects.all()}

    def uuid(self):
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def share(self, statuses, rest):
        """One of the statuses by its thousandths, or the rest."""
        weights = [*statuses.values(), 1000 - sum(statuses.values())]
        return self.rng.choices([*statuses, rest], weights)[0]

    @transaction.atomic
    def fill(self, communities, posts):
        self.tell(f"Menyiapkan data contoh: {communities} KIM dan {posts} kegiatan ...")
        self.make_accounts()
        self.make_communities(communities)
        self.make_posts(posts)
        self.tell("Menggambar foto ...")
        self.make_photos()
        self.dress_communities()
        self.count()
        self.make_moderation()
        self.make_aspirations()
        self.make_bulletins()
        self.make_evaluations()
        # Told on the site alone: nobody is behind these addresses.
        Dispatch.objects.update(sent_at=self.now)
        self.tell("Data contoh siap.")

    # People

    def make_accounts(self):
        self.people = {}
        for email, name, _what in ACCOUNTS:
            user = self.people[email] = User.objects.create_user(email, PASSWORD, name=name)
            user.confirm_email()
        for email, code in OFFICERS.items():
            OfficerAssignment.objects.create(
                user=self.people[email],
                region=Region.objects.get(code=code),
                duties=list(Duty.known),
                letter_number=f"800/{self.rng.randint(100, 900)}/2026",
                starts_on=date(2026, 1, 2),
            )
        give_second_factor()
        self.officer = self.people["kementerian@contoh.id"]

    # KIMs

    def make_communities(self, number):
        seats = self.choose_seats(number)
        names = islice(community_names(self.rng), number)
        communities, decrees, serials = [], [], defaultdict(int)
        kind = PartnerKind.objects.get(slug="kim")
        waiting_at_home = iter(WAITING_AT_HOME)
        for seat, name in zip(seats, names, strict=True):
            first = not communities  # the KIM of the demonstration accounts
            name = "KIM Mekar Sari Jembayan" if first else name
            drawn = self.share(COMMUNITY_STATUSES, S.INAUGURATED)
            at_home = not first and seat.code.startswith(HOME)
            status = S.INAUGURATED if first else next(waiting_at_home, drawn) if at_home else drawn
            founded = date(self.rng.randint(2008, 2024), self.rng.randint(1, 12), self.rng.randint(1, 28))
            slug = slugify(name)
            community = Community(
                name=name, slug=slug, partner_kind=kind, status=status, founded_on=founded,
                address=f"Jalan {self.rng.choice(STREETS)} No. {self.rng.randint(1, 90)}, {seat.full_name}",
                contact_email=f"{slug}@contoh.id",
            )  # fmt: skip
            community.place_at(seat)
            community.own_sectors = self.rng.sample(list(self.sectors), self.rng.randint(1, 3))
            community.place_words = self.place_words(seat)
            community.about = community_about(
                self.rng, name, seat.full_name, seat.district.full_name if seat.district else seat.full_name,
                community.own_sectors,
            )  # fmt: skip
            if status in Community.PUBLIC_STATUSES:
                serials[seat.pk] += 1
                community.number = number_of(prefix_of(seat), serials[seat.pk])
            if status in (S.INAUGURATED, S.SUSPENDED, S.EXPIRED, S.SUBMITTED, S.NEEDS_REVISION):
                community.decree = self.make_decree(community, expired=status == S.EXPIRED)
                decrees.append(community.decree)
            communities.append(community)
        Decree.objects.bulk_create(decrees)
        self.communities = self.save_with_mergers(communities)
        Community.sectors.through.objects.bulk_create(
            Community.sectors.through(community=community, sector=self.sectors[slug])
            for community in communities
            for slug in community.own_sectors
        )
        Step.objects.bulk_create(
            Step(community=community, to=community.status, by=self.officer) for community in communities
        )
        self.make_members()
        make_rules_and_offices()
        make_contacts(self.communities[0].seat)
        make_life(self.communities, self.people["kabupaten@contoh.id"], self.now)
        make_requests(self.communities[0], self.people["warga@contoh.id"])

    def save_with_mergers(self, communities):
        """Merged KIMs last, each into one that stands."""
        standing = [community for community in communities if community.status != S.MERGED]
        Community.objects.bulk_create(standing)
        merged = [community for community in communities if community.status == S.MERGED]
        for community in merged:
            inaugurated = [other for other in standing if other.status == S.INAUGURATED]
            community.merged_into = min(inaugurated, key=lambda other: other.regency_id != community.regency_id)
        Community.objects.bulk_create(merged)
        return communities

    def choose_seats(self, number):
        """Villages by SEATS, a district or a regency now and then, as KIMs sit at every level."""
        regions = Region.objects.with_names().current()
        codes, whole = [], sum(SEATS.values())
        for home_code, weight in SEATS.items():
            home = regions.get(code=home_code)
            villages = list(regions.within(home).filter(level=4).order_by("code").values_list("code", flat=True))
            for village in self.rng.sample(villages, min(len(villages), round(number * weight / whole) + 1)):
                level = self.rng.choices([4, 3, 2], [90, 8, 2])[0]
                codes.append(".".join(village.split(".")[:level]))
        self.rng.shuffle(codes)
        codes = [HOME_OF_SITI, *codes[: number - 1]]
        found = {region.code: region for region in regions.filter(code__in=codes)}
        return [found[code] for code in codes]

    def place_words(self, seat):
        village = seat if seat.level == 4 else None
        district = seat if seat.level == 3 else seat.district
        regency = seat if seat.level == 2 else seat.regency
        return PlaceWords(
            village=village.name if village else "",
            village_term=village.local_term.title() if village else "",
            district=district.name if district else "",
            regency=regency.full_name,
            province=seat.province.name,
            province_code=seat.province.code,
        )

    def make_decree(self, community, expired):
        starts = date(self.rng.choice([2021, 2022]) if expired else self.rng.choice([2024, 2025, 2026]), 3, 1)
        seat = community.seat
        issuer = Decree.Issuer.LURAH if seat.kind == Region.Kind.KELURAHAN else Decree.Issuer.VILLAGE_HEAD
        if seat.level != Region.Level.VILLAGE:
            issuer = Decree.Issuer.CAMAT if seat.level == Region.Level.DISTRICT else Decree.Issuer.HEAD_OF_OFFICE
        return Decree(
            number=f"{self.rng.randint(1, 480):03d}/SK-KIM/{self.rng.choice(ROMANS)}/{starts.year}",
            issued_on=starts - timedelta(days=self.rng.randint(0, 20)),
            issuer=issuer,
            region=seat,
            starts_on=starts,
            ends_on=starts.replace(year=starts.year + 3),
        )

    def make_members(self):
        """A chair, a secretary, a treasurer and some members each; the chair writes."""
        authors, memberships, positions = [], [], []
        for number, community in enumerate(self.communities):
            name = person_name(self.rng, community.place_words.province_code)
            community.author = User(email=f"penulis{number}@contoh.id", name=name)
            community.author.set_unusable_password()
            authors.append(community.author)
        self.communities[0].author = authors[0] = self.people["ketua@contoh.id"]
        User.objects.bulk_create(authors[1:])
        for community in self.communities:
            joined = community.founded_on
            roles = [Position.Role.KETUA, Position.Role.SEKRETARIS, Position.Role.BENDAHARA]
            roles += [Position.Role.KOORDINATOR] * self.rng.randint(0, 2) + [None] * self.rng.randint(2, 9)
            for role in roles:
                chair = role == Position.Role.KETUA
                name = community.author.name if chair else person_name(self.rng, community.place_words.province_code)
                membership = Membership(
                    community=community, user=community.author if chair else None, name=name, joined_on=joined
                )
                memberships.append(membership)
                if role:
                    positions.append(Position(community=community, membership=membership, role=role, starts_on=joined))
        member = self.people["anggota@contoh.id"]
        memberships.append(
            Membership(community=self.communities[0], user=member, name=member.name, joined_on=date(2024, 5, 1))
        )
        Membership.objects.bulk_create(memberships)
        Position.objects.bulk_create(positions)

    # Posts

    def make_posts(self, number):
        writers = [community for community in self.communities if community.is_public]
        weights = [1 / (rank + 6) for rank in range(len(writers))]  # a few KIMs write most
        by_sector = defaultdict(list)
        for story in STORIES:
            by_sector[story.sector].append(story)
        posts, self.pictures = [], {}
        for community in self.rng.choices(writers, weights, k=number):
            posts.append(self.make_post(community))
        posts.sort(key=lambda post: post.created_at)  # keys grow with time, as they do in life
        Post.objects.bulk_create(posts, batch_size=500)
        PostStep.objects.bulk_create(PostStep(post=post, to=post.status, by=post.author) for post in posts)
        self.posts = posts
        self.make_adaptations(writers)

    def make_adaptations(self, writers):
        """What some KIM did well others did after them: the same story, at their own place."""
        told = [post for post in self.posts if post.status == P.PUBLISHED and post.type == Post.Type.BERITA]
        of_siti = [post for post in told if post.community == self.communities[0]][:2]
        adaptations = []
        for origin in [*of_siti, *self.rng.sample(told, min(len(told), ADAPTED_POSTS))]:
            others = [community for community in writers if community != origin.community]
            for community in self.rng.sample(others, min(len(others), self.rng.randint(1, 7))):
                at = origin.published_at + self.rng.uniform(0.1, 0.9) * (self.now - origin.published_at)
                post = self.make_post(community, at=at, story=origin.story)
                post.origin = origin
                adaptations.append(post)
        Post.objects.bulk_create(adaptations)
        PostStep.objects.bulk_create(PostStep(post=post, to=post.status, by=post.author) for post in adaptations)
        self.posts = sorted([*self.posts, *adaptations], key=lambda post: post.created_at)

    def make_post(self, community, *, at=None, story=None):
        at = at or self.moment(community)
        happened = at.astimezone(community.seat.zone).date() - timedelta(days=self.rng.randint(0, 2))
        stories = stories_for(community.place_words, happened.month)
        own = [story for story in stories if story.sector in community.own_sectors]
        story = story or self.rng.choice(own if own and self.rng.random() < 0.6 else stories)
        weights = [6 if kind == "BERITA" else 1 for kind in story.types]
        kind = self.rng.choices(story.types, weights)[0]
        draft = write_post(self.rng, story, community.place_words, community.name, kind)
        status = self.share(POST_STATUSES, P.PUBLISHED)
        post = Post(
            community=community, author=community.author, client_uuid=self.uuid(), status=status, type=kind.lower(),
            sector=self.sectors[story.sector], title=draft.title, summary=draft.summary, body=draft.body,
            slug=slugify(draft.title)[:90].strip("-"), happened_on=happened, duties=list(story.duties),
            participants=draft.participants, claim=draft.claim, verdict=draft.verdict.replace(" ", "_"),
            source_name=draft.source_name, product=draft.product, public_contact=draft.contact, venue=draft.venue,
            published_at=at if status in (P.PUBLISHED, P.HIDDEN, P.ARCHIVED) else None,
            reviewed_at=at if self.rng.random() < 0.99 or status != P.PUBLISHED else None,
        )  # fmt: skip
        post.place_at(community.seat)
        if kind == "AGENDA":
            start_day = happened + timedelta(days=draft.days_ahead or 7)
            post.starts_at = datetime.combine(start_day, time(draft.start_hour or 9), community.seat.zone)
            post.ends_at = post.starts_at + timedelta(hours=draft.duration_hours or 2)
            post.settle_days()
        post.created_at = at
        post.story, post.photo_texts = story, draft.photos
        return post

    def moment(self, community):
        """A time within the last years, more often lately; dormant KIMs stopped long ago."""
        oldest = 60 if community.status in (S.SUSPENDED, S.EXPIRED, S.DISSOLVED) else 0
        days = oldest + (YEARS * 365 - oldest) * self.rng.random() ** 1.5
        moment = (self.now - timedelta(days=days)).astimezone(community.seat.zone)
        moment = moment.replace(hour=self.rng.randint(6, 21), minute=self.rng.randint(0, 59), second=0, microsecond=0)
        return min(moment, self.now - timedelta(minutes=self.rng.randint(5, 600)))

    # Photos

    def make_photos(self):
        """The newest posts get photos, and all that wait; each picture is drawn once, for a few posts far apart."""
        told = [post for post in self.posts if post.photo_texts]
        newest = [post for post in told if post.status == P.PUBLISHED][-PHOTO_POSTS:]
        waiting = [post for post in told if post.status in (P.SUBMITTED, P.IN_REVIEW, P.RETURNED)]
        wanted = [
            (motif, seed) for motif in sorted({each.picture for each in STORIES}) for seed in range(PICTURES_EACH)
        ]
        with ProcessPoolExecutor() as pool:
            self.prepared = dict(zip(wanted, pool.map(draw_and_prepare, wanted, chunksize=4), strict=True))
        self.next_seed = defaultdict(int)
        self.give_photos([*newest, *waiting])

    def dress_communities(self):
        """The KIM of the demonstration's people, and some at home, with pictures of their own."""
        own, *others = [kim for kim in self.communities if kim.is_standing]
        at_home = [kim for kim in others if kim.seat.code.startswith(HOME)]
        dress(
            [own, *at_home[:5]],
            [self.prepared["gotong-royong", 0], self.prepared["rapat", 0], self.prepared["panen", 0]],
        )

    def give_photos(self, posts):
        photos = []
        for post in posts:
            for position, text in enumerate(post.photo_texts):
                motif = post.story.picture
                picture = self.prepared[motif, self.next_seed[motif] % PICTURES_EACH]
                self.next_seed[motif] += 1
                photo = Photo(
                    post=post, uuid=self.uuid(), position=position, alt=text.alt[:200], caption=text.caption[:200],
                    width=picture.width, height=picture.height,
                )  # fmt: skip
                photo.store(picture)
                photos.append(photo)
                post.lead_photo = photo if position == 0 else post.lead_photo
        Photo.objects.bulk_create(photos)
        for post in posts:
            post.lead_photo_id = post.lead_photo and post.lead_photo.pk
        Post.objects.bulk_update(posts, ["lead_photo"], batch_size=500)

    # What readers said and officers decided

    def make_moderation(self):
        own, *others = [kim for kim in self.communities if kim.seat.code.startswith(HOME) and kim.may_publish]
        names = {"member": "anggota", "reader": "warga", "officer": "kabupaten", "province": "provinsi"}
        people = {role: self.people[f"{name}@contoh.id"] for role, name in names.items()}
        make_moderation(own, others[0], self.write, people, self.now)
        self.tell(f"Kode laporan untuk dicoba: {CODE}")

    def make_aspirations(self):
        """What residents send, through the KIM of the demonstration accounts and straight to its office."""
        people = {"reader": self.people["warga@contoh.id"], "officer": self.people["kabupaten@contoh.id"]}
        elsewhere = Region.objects.get(code=ELSEWHERE)
        make_aspirations(self.communities[0], elsewhere, photo=self.prepared["gotong-royong", 0], **people)

    def make_bulletins(self):
        offices = {"ministry": "kementerian", "province": "provinsi", "regency": "kabupaten", "chair": "ketua"}
        people = {word: self.people[f"{name}@contoh.id"] for word, name in offices.items()}
        make_bulletins(people, self.communities[0], self.prepared["posyandu", 0], self.rng, self.now)

    def make_evaluations(self):
        names = {"province": "provinsi", "regency": "kabupaten", "chair": "ketua", "juror": "warga"}
        people = {word: self.people[f"{name}@contoh.id"] for word, name in names.items()}
        make_evaluations(people, self.communities[0], self.rng, self.now)

    def write(self, community, author, **facts):
        """Draft news of today, with photos; with other words where `facts` has them, and then without."""
        post = self.make_post(community)
        while post.type != Post.Type.BERITA or not (facts or post.photo_texts):  # a gallery is nothing without photos
            post = self.make_post(community)
        post.author, post.status, post.published_at, post.reviewed_at = author, P.DRAFT, None, None
        for name, value in facts.items():
            setattr(post, name, value)
        post.save()
        if not facts:
            self.give_photos([post])
        return post

    def count(self):
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE communities_community SET post_count = facts.number, last_post_at = facts.newest
                FROM (SELECT community_id, count(*) AS number, max(published_at) AS newest FROM activities_post
                      WHERE status = 'published' GROUP BY community_id) AS facts
                WHERE facts.community_id = communities_community.id
                """
            )


def draw_and_prepare(wanted):
    """One picture as a member's phone would send it, then through the same preparation as every photo."""
    motif, seed = wanted
    file = io.BytesIO()
    draw_scene(motif, seed).save(file, "JPEG", quality=90)
    file.seek(0)
    return prepare_photo(file)


STREETS = [
    "Melati",
    "Mawar",
    "Diponegoro",
    "Pahlawan",
    "Merdeka",
    "Pattimura",
    "Kenanga",
    "Ahmad Yani",
    "Sudirman",
    "Pesisir",
]
ROMANS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
