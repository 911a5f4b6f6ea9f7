"""The cast: Siti chairs KIM Mekar, Made is the officer of her regency, Ratna of the next one, Joko passes by."""

import gc
import io
import itertools
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from threading import Barrier
from types import SimpleNamespace

import pikepdf
import pytest
from beginning import Beginning
from django.core.cache import cache, caches
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone

from accounts import rights
from accounts.duties import Duty
from accounts.lifecycle import StepRefused
from accounts.models import OfficerAssignment, User
from activities.models import Photo, Post, Redissemination
from aspirations.models import Agency, Aspiration
from bulletins import warnings_in_force
from bulletins.models import Bulletin, Delivery
from communities.models import CoachingEvent, Community, Decree, Membership, PartnerKind, Position, Sector
from evaluations.computing import compute
from evaluations.models import Cycle, RuleSet
from pages import freshness, questions
from pages.memory import forget_everything
from regions.models import Region
from regions.spelling import key_of

PASSWORD = "rahasia-sekali-2026"
APPLICATION = "kim_application_of_tests"
# As whom new connections ask; NONE is who signed in, the owner.
ROLE = SimpleNamespace(name="NONE")
# Roles belong to the server, which several workers of pytest share.
MAKE_ROLE = f"""
DO $$ BEGIN
    CREATE ROLE {APPLICATION};
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
# Through a pooler `SET ROLE` would be for whoever is lent the connection next. There each connection begins as that
# role; those that are open end.
BEGIN_AS_ROLE = f"""
DO $$ BEGIN
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET role = {APPLICATION}', session_user, current_database());
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
END $$;
SET ROLE {APPLICATION};
"""

# A small Indonesia: one village with its ancestors and siblings, and a regency next door.
PLACES = [
    ("0", "negara", "Indonesia", -2.5, 118.0),
    ("64", "provinsi", "Kalimantan Timur", 0.5, 116.4),
    ("64.02", "kabupaten", "Kutai Kartanegara", -0.2, 116.6),
    ("64.02.02", "kecamatan", "Loa Kulu", -0.55, 117.0),
    ("64.02.02.2003", "desa", "Jembayan", -0.56, 117.01),
    ("64.02.02.2011", "desa", "Jembayan Tengah", -0.54, 117.03),
    ("64.02.06", "kecamatan", "Tenggarong", -0.42, 116.98),
    ("64.71", "kota", "Balikpapan", -1.2, 116.85),
    ("64.71.01", "kecamatan", "Balikpapan Timur", -1.2, 116.95),
    ("64.71.01.1001", "kelurahan", "Manggar", -1.21, 116.96),
]


# Of the evaluation below, a day in the middle of its period, its indicators and its classes.
JUNE = datetime(2025, 6, 10, 3, 0, tzinfo=UTC)
INDICATORS = [
    ("publikasi", "berita + galeri", 50, 10),
    ("keteraturan", "bulan_aktif", 30, 12),
    ("pembinaan", "pembinaan", 20, 2),
]
CLASSES = {"pemula": 0, "berkembang": 40, "maju": 60, "mandiri": 80}


# What takes longest begins first, or else one worker would come to it last and the other wait for it.
LONG = ["test_html_validity.py", "test_in_production.py", "test_policy.py", "test_policy_in_english.py", "browser/"]
LONG += [
    "test_gone_everywhere.py",
    "test_policy_unknown.py",
    "test_both_engines.py",
    "test_who_sent_it.py",
    "test_replicas.py",
    "test_backups.py",
    "test_edge.py",
    "test_nginx.py",
    "test_dashboard.py",
    "test_indonesian.py",
    "test_private_output.py",
    "test_demo.py",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    def place(item):
        return next((place for place, part in enumerate(LONG) if part in item.nodeid), len(LONG))

    items.sort(key=place)


def pytest_collection_finish():
    """Modules live to the end: the collector of garbage need not walk through them, and may come less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Beside the owner of the tables, the role that the portal has in production; and how each test finds the rows."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # Tests with threads or a server end in emptying every table; tests/accounts/test_database_roles.py tries it.
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER audit_is_never_emptied")
        cursor.execute(MAKE_ROLE)
        rights.grant(APPLICATION, connection)
        beginning = Beginning(connection)
        if through_pooler(connection):
            cursor.execute(BEGIN_AS_ROLE)
    connection_created.connect(take_role)  # those of threads too
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: beginning.come_back())
        yield


@pytest.fixture(autouse=True)
def stamps_are_held_for_their_time(monkeypatch):
    """Not until a moment that comes for all processes, perhaps between two lines of a test."""
    monkeypatch.setattr(freshness, "asked_anew_since", lambda moment: moment - freshness.REMEMBERED)


@pytest.fixture(autouse=True)
def role_of_the_portal(request):
    """Whatever a test asks of the database, it asks as the portal does in production, unless it is marked `owner`."""
    if not uses_database(request):
        yield
        return
    request.getfixturevalue("db")
    ROLE.name = "NONE" if request.node.get_closest_marker("owner") else APPLICATION
    take_role(connection)
    yield
    ROLE.name = "NONE"
    if not connection.needs_rollback:
        take_role(connection)


def take_role(connection, **kwargs):
    if through_pooler(connection):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE.name}")


def through_pooler(connection):
    return connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]


def uses_database(request):
    return request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & {*request.fixturenames}


@pytest.fixture(autouse=True)
def fast_passwords_and_own_media(request, settings, tmp_path_factory):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Each browser of a test loads the middleware anew: once static files are collected, that would read them all.
    settings.WHITENOISE_AUTOREFRESH = True
    if "tmp_path" in request.fixturenames:
        settings.MEDIA_ROOT = request.getfixturevalue("tmp_path")
    else:  # pytest looks through all its folders of other tests for each new one
        settings.MEDIA_ROOT = Path(mkdtemp(dir=tmp_path_factory.getbasetemp()))


@pytest.fixture(autouse=True)
def decisions_hold_at_once(settings):
    """In every test but those about taking back: what an officer decides is done before the answer."""
    settings.UNDO_SECONDS = 0


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    """Every test renders its pages itself, but those about keeping them."""
    settings.PAGE_STORE = settings.CARD_STORE = False
    # Twice a second each process asks there what has changed: that is no query of the page that is tried.
    settings.CACHES = settings.CACHES | {"stamps": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["stamps"].clear()  # in the memory of this process, which tests before wrote in
    forget_everything()


@pytest.fixture(autouse=True)
def knows_warnings(request, nothing_kept):
    """No page pays for what a process reads once, but those of tests that make a warning."""
    if uses_database(request) and "make_warning" not in request.fixturenames:
        request.getfixturevalue("db")
        warnings_in_force.remembered()


@pytest.fixture(scope="session", autouse=True)
def contexts_of_the_native_engine():
    """Django's test client learns the context of a page from Django's own engine alone; now from the other one, too."""
    try:
        from django_rust_templates import Template
    except ImportError:
        return
    render = Template.render

    def told(template, context):
        template_rendered.send(sender=template, template=template, context=context)
        return render(template, context)

    Template.render = told


@pytest.fixture
def places(db):
    """The regions above by their codes."""
    made = {}
    # With keys that no test reaches by counting, all are written at once.
    for pk, (code, kind, name, lat, lng) in enumerate(PLACES, 1_000_001):
        parent = None if code == "0" else made.get(code.rpartition(".")[0] or "0")
        level = 0 if code == "0" else code.count(".") + 1
        region = Region(
            pk=pk, code=code, level=level, kind=kind, local_term=kind, name=name, slug=name.lower().replace(" ", "-"),
            parent=parent, lat=lat, lng=lng, search_name=name.lower(), search_text=name.lower(), names=[key_of(name)],
            province=parent and parent.province, regency=parent and parent.regency, district=parent and parent.district,
        )  # fmt: skip
        if level in (1, 2, 3):
            setattr(region, region.column, region)
        made[code] = region
    Region.objects.bulk_create(made.values())
    return made


@pytest.fixture
def sector(db):
    return Sector.objects.get(slug="kesehatan")


def make_pdf(title="Berita acara", *, change=None, **saving):
    """A PDF of one empty page, packed as most programs do; `change(pdf)` comes before it is saved."""
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = title
    if change:
        change(pdf)
    packed = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "deterministic_id": "encryption" not in saving}
    pdf.save(file, **packed, **saving)
    return file.getvalue()


def break_posts(monkeypatch, fail):
    """Whoever asks for published posts calls `fail`, also where an earlier test put the question together."""
    monkeypatch.setattr(questions, "_composed", {})
    monkeypatch.setattr(type(Post.objects), "published", fail)


def make_user(name):
    return User.objects.create_user(f"{name.lower()}@contoh.id", PASSWORD, name=name)


def make_officer(name, region):
    """Of every duty, and since long before any day that a test goes back to."""
    user = make_user(name)
    facts = {"letter_number": "800/1/2026", "duties": list(Duty.known), "starts_on": date(2020, 1, 1)}
    OfficerAssignment.objects.create(user=user, region=region, **facts)
    return user


def at_once(deeds):
    """Do all of these at the same moment; how each ended: True, or the sentence that refused it."""
    start = Barrier(len(deeds))

    def carry_out(deed):
        start.wait()
        try:
            deed()
        except StepRefused as refusal:
            return str(refusal)
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(carry_out, deeds))


@pytest.fixture
def joko(db):
    return make_user("Joko")


@pytest.fixture
def inside(client, joko):
    """The browser of Joko, who said his password a moment ago."""
    cache.clear()
    joko.confirm_email()
    client.force_login(joko)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def siti(db):
    return make_user("Siti")


@pytest.fixture
def as_siti(client, siti):
    """The browser of Siti."""
    client.force_login(siti)
    return client


@pytest.fixture
def made(places):
    return make_officer("Made", places["64.02"])


@pytest.fixture
def ratna(places):
    return make_officer("Ratna", places["64.71"])


@pytest.fixture
def dewi(places):
    """The officer of the ministry."""
    return make_officer("Dewi", places["0"])


@pytest.fixture
def make_decree(places):
    def make(**facts):
        facts = {"number": "012/SK-KIM/2026", "issued_on": "2026-01-05", "issuer": "village_head"} | facts
        return Decree.objects.create(region=facts.pop("region", places["64.02.02.2003"]), **facts)

    return make


@pytest.fixture
def make_community(places):
    serial = itertools.count(1)

    def make(name="KIM Mekar", seat="64.02.02.2003", status="verified", **facts):
        number = next(serial)
        return Community.objects.create(
            name=name, slug=f"kim-{number}", seat=places[seat], status=status, number=f"6402022003{number:02d}",
            partner_kind=PartnerKind.objects.get(slug="kim"), **facts,
        )  # fmt: skip

    return make


@pytest.fixture
def mekar(make_community, siti):
    """Siti's KIM, verified, in Desa Jembayan."""
    community = make_community("KIM Mekar")
    membership = Membership.objects.create(community=community, user=siti, name=siti.name)
    Position.objects.create(community=community, membership=membership, role=Position.Role.KETUA)
    return community


@pytest.fixture
def make_post(mekar, siti, sector):
    minutes = itertools.count(1)

    def make(title="Posyandu ramai di Jembayan", status="published", place=None, **facts):
        moment = timezone.now() - timedelta(minutes=next(minutes))
        community = facts.pop("community", mekar)
        facts.setdefault("published_at", moment if status in ("published", "hidden") else None)
        if status == "scheduled":
            facts.setdefault("publish_at", moment)
        if status in ("draft", "returned") and facts.get("type", "berita") == "berita":
            # All that `activities/types.py` asks for before it is sent.
            facts = {"body": "Ada penimbangan balita.", "happened_on": moment.date(), "duties": ["diskusi"]} | facts
        return Post.objects.create(
            title=title, status=status, community=community, author=facts.pop("author", siti),
            sector=facts.pop("sector", sector), place=place or community.seat, **facts,
        )  # fmt: skip

    return make


@pytest.fixture
def make_bulletin(places):
    """Of the office of Kutai Kartanegara, for the KIM there; in any status, with what that needs."""
    writer = make_user("Putu")

    def make(title="Imunisasi polio", status="draft", issuer="64.02", regions=None, **facts):
        facts = {"text": "Bawa balita ke posyandu.", "short_text": "Imunisasi polio Sabtu ini."} | facts
        if status in ("sent", "closed", "recalled"):
            facts.setdefault("sent_at", timezone.now() - timedelta(minutes=1))
        if status == "scheduled":
            facts.setdefault("send_at", timezone.now() + timedelta(hours=1))
        if status == "recalled":
            facts.setdefault("recall_reason", "Tanggalnya keliru.")
        author, audience = facts.pop("author", writer), {"sectors": facts.pop("sectors", ())}
        bulletin = Bulletin.objects.create(
            title=title, status=status, issuer=places[issuer], author=author, **facts
        )  # fmt: skip
        bulletin.regions.set([places[code] for code in regions or [issuer]])
        bulletin.sectors.set(audience["sectors"])
        return bulletin

    return make


@pytest.fixture
def make_warning(make_bulletin, places):
    """A flood in Loa Kulu, for two hours from now: approved, and sent by its verb unless told otherwise."""

    def make(title="Banjir di Loa Kulu", regions=("64.02.02",), status="sent", **facts):
        told = {"event": "Banjir", "category": "Met", "severity": "Severe", "urgency": "Immediate"}
        told |= {"certainty": "Observed", "instruction": "Naik ke balai desa, bawa air minum."}
        told |= {"ends_at": timezone.now() + timedelta(hours=2)}
        warning = make_bulletin(title, status="approved", regions=regions, is_urgent=True, **told | facts)
        if status == "sent":
            kadek = User.objects.filter(name="Kadek").first() or make_officer("Kadek", places["64.02"])
            warning.send(by=kadek)
        return warning

    return make


@pytest.fixture
def make_aspiration(places):
    """What Bu Rini sends from Jembayan, by the same verb as the form; moved on by what a test does with it."""

    def make(title="Jalan di RT 03 berlubang", **facts):
        facts = {"place": places["64.02.02.2003"], "text": "Sudah tiga bulan.", "kind": "usulan"} | facts
        facts = {"sender_name": "Rini", "sender_email": "rini@contoh.id", "sender_phone": "081234567890"} | facts
        return Aspiration.objects.send(client_uuid=facts.pop("client_uuid", uuid.uuid4()), title=title, **facts)

    return make


@pytest.fixture
def make_rules(db):
    """Rules of three plain indicators, frozen unless told otherwise."""

    def make(parts=INDICATORS, classes=CLASSES, status="frozen", **facts):
        rules = RuleSet.objects.create(title=facts.pop("title", "Aturan lomba"), **facts)
        for position, (word, formula, weight, cap) in enumerate(parts, 1):
            rules.indicators.create(
                position=position, word=word, label=word.title(), formula=formula,
                weight=Decimal(weight), cap=Decimal(cap),
            )  # fmt: skip
        for name, least in classes.items():
            rules.thresholds.create(name=name, least=Decimal(least))
        if status == "frozen":
            RuleSet.objects.filter(pk=rules.pk).update(status=status, frozen_at=timezone.now())
            rules.refresh_from_db()
        return rules

    return make


@pytest.fixture
def make_cycle(places, make_rules):
    """An evaluation of 2025 in Kutai Kartanegara, in any status, with what that needs."""

    def make(status="open", region="64.02", year=2025, **facts):
        if "rule_set" not in facts:
            facts["rule_set"] = RuleSet.objects.filter(title="Aturan lomba").first() or make_rules()
        if status in Cycle.TOLD:
            facts.setdefault("objections_until", timezone.localdate() + timedelta(days=14))
        if status == "published":
            facts.setdefault("published_at", timezone.now())
        return Cycle.objects.create(region=places[region], year=year, status=status, **facts)

    return make


@pytest.fixture
def make_scores():
    """Compute a cycle in whatever status it is, as the worker does."""

    def make(cycle):
        kept = {"status": cycle.status}
        asked = {"computing_at": timezone.now(), "computed_to": 0}
        Cycle.objects.filter(pk=cycle.pk).update(status="open", run=cycle.run + 1, **asked)
        compute(cycle.pk)
        Cycle.objects.filter(pk=cycle.pk).update(**kept if kept["status"] != "open" else {"status": "computed"})
        cycle.refresh_from_db()
        return cycle

    return make


@pytest.fixture
def public_works(places):
    """The OPD of Kutai Kartanegara that mends roads."""
    return Agency.objects.create(region=places["64.02"], name="Dinas Pekerjaan Umum", email="pu@kukar.contoh.id")


@pytest.fixture
def with_second_factor():
    def give(user):
        user.authenticator_set.create(type="totp", data={"secret": ""})
        user.refresh_from_db(fields=["sessions_ended"])
        return user

    return give


@pytest.fixture
def desk(client, made, with_second_factor):
    """The browser of Made, who answers for Kutai Kartanegara."""
    client.force_login(with_second_factor(made))
    session = client.session
    session.end_with_the_working_day()  # or else the first page would write it
    session.save()
    return client


AUGUST = datetime(2026, 8, 12, 4, tzinfo=UTC)


@pytest.fixture
def busy(mekar, siti, made, places, make_post, make_bulletin, make_aspiration):
    """KIM Mekar did one of everything in the third quarter of 2026, and published two posts."""
    post = make_post("Panen", published_at=AUGUST, duties=["diskusi", "diseminasi"], participants=40)
    make_post("Galeri", type="galeri", published_at=AUGUST.replace(month=7), duties=["diskusi"])
    Photo.objects.create(post=post, alt="Padi", width=640, height=400)
    delivery = make_bulletin(status="sent", sent_at=AUGUST).deliveries.create(community=mekar, place=mekar.seat)
    Delivery.objects.filter(pk=delivery.pk).update(created_at=AUGUST)
    claim = Redissemination.objects.record(delivery, "papan", by=siti, people=50, happened_on=AUGUST.date())
    claim.verify(30, by=made)
    Redissemination.objects.share(delivery, by=siti)
    wish = make_aspiration(community=mekar)
    wish.forward(by=siti)
    Aspiration.objects.filter(pk=wish.pk).update(published_at=AUGUST)
    wish.steps.update(at=AUGUST)
    facts = {"kind": "visit", "title": "Kunjungan", "held_on": AUGUST.date(), "recorded_by": made}
    CoachingEvent.objects.create(region=places["64.02"], **facts).communities.add(mekar)
    mekar.memberships.update(joined_on="2026-01-05")
    mekar.memberships.create(name="Bu Wati", joined_on=AUGUST.date())
    mekar.memberships.create(name="Pak Wayan", joined_on="2026-01-05", left_on=AUGUST.date(), status="left")
    return mekar
