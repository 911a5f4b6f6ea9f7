"""What is private appears on nothing that everyone can fetch.

Every text column of every table that is not named public below is filled, by models and past all forms, with words that
cannot be overlooked: a NIK, a telephone number, an address. Then each address that the policy opens to a visitor is
fetched, with what its page leads to, and so is each that a resident without a KIM may open.
"""

import gzip
import html
import re
from itertools import count
from pathlib import Path

import pytest
from conftest import make_user
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.http import QueryDict
from django.urls import LocalePrefixPattern, get_resolver, reverse
from django.utils import translation
from fpdf import FPDF
from PIL import ImageDraw
from test_policy import ROWS, address, addresses, browser_of, cast, things  # noqa: F401 (fixtures)

from accounts.models import Dispatch, Notice
from activities.models import Photo
from bulletins.models import Bulletin
from communities.models import Community, RosterRow
from kimportal.dumps import DUMPS
from pages.open_data.dumps import FORMATS

WORD, NIK, PHONE = "zurahasia", "6402024108909999", "0877-6543-2109"
SECRET = re.compile(rf"{WORD}|6402.?0241.?0890.?9999|(?:0|62)?877.?6543.?2109", re.IGNORECASE)

SHOWN_KIM = Q(status__in=Community.PUBLIC_STATUSES)
PUBLISHED = Q(status="published")
SENT = Q(status__in=Bulletin.PUBLIC_STATUSES)
ALWAYS = Q()

# What everyone may read: of each table its columns, and of which rows.
PUBLIC = {
    "communities.community": (SHOWN_KIM, ["name", "about", "address", "website", "links"]),
    "communities.communitypicture": (
        Q(community__status__in=Community.PUBLIC_STATUSES, community__merged_into=None),
        ["alt"],
    ),
    "communities.usefulcontact": (
        Q(is_shown=True),
        ["name", "purpose", "phone", "whatsapp", "email", "address", "hours"],
    ),
    "communities.membership": (
        Q(status="current", positions__ends_on=None, positions__isnull=False)
        & Q(community__status__in=Community.PUBLIC_STATUSES),
        ["name"],
    ),
    "communities.position": (
        Q(ends_on=None, membership__status="current", community__status__in=Community.PUBLIC_STATUSES),
        ["title"],
    ),
    "communities.decree": (
        Q(communities__status__in=Community.PUBLIC_STATUSES) | Q(certificates__isnull=False),
        ["number", "issuer_name"],
    ),
    "communities.partnerkind": (ALWAYS, ["name"]),
    "communities.sector": (ALWAYS, ["name", "icon"]),
    "communities.office": (ALWAYS, ["name"]),
    "communities.material": (Q(withdrawn_at=None), ["title", "about", "link", "name"]),
    "communities.coachingevent": (Q(materials__isnull=False, materials__withdrawn_at=None), ["title"]),
    "communities.certificate": (ALWAYS, ["office_name"]),
    "bulletins.bulletin": (SENT, ["title", "text", "short_text", "event", "instruction", "recall_reason"]),
    "bulletins.attachment": (Q(bulletin__status__in=Bulletin.PUBLIC_STATUSES), ["name"]),
    "bulletins.bulletinpicture": (Q(bulletin__status__in=Bulletin.PUBLIC_STATUSES), ["alt"]),
    "bulletins.question": (Q(answered_at__isnull=False), ["text", "answer"]),
    "activities.post": (
        PUBLISHED,
        [
            *["title", "summary", "body", "venue", "claim", "source_name", "source_url", "product", "public_contact"],
            *["original_url", "duties"],
        ],
    ),
    "activities.photo": (Q(is_hidden=False, is_aside=False, post__status="published"), ["alt", "caption"]),
    "activities.comment": (Q(hidden_at=None, post__status="published"), ["text"]),
    "aspirations.aspiration": (
        Q(published_at__isnull=False, is_hidden=False) & ~Q(status="withdrawn"),
        ["title", "text", "vouch", "answer", "lapor_reference", "lapor_url"],
    ),
    "aspirations.aspirationstep": (
        Q(is_public=True, aspiration__published_at__isnull=False, aspiration__is_hidden=False)
        & ~Q(aspiration__status="withdrawn"),
        ["note", "actor", "holder"],
    ),
    "aspirations.aspirationphoto": (Q(is_hidden=False, aspiration__published_at__isnull=False), ["alt"]),
    "aspirations.agency": (ALWAYS, ["name"]),
    # Frozen rules, and the scores of a frozen cycle, nobody can change, by whatever path.
    "evaluations.ruleset": (Q(status="frozen"), ["title"]),
    "evaluations.indicator": (Q(rule_set__status="frozen"), ["label", "formula", "explanation"]),
    "evaluations.cycle": (Q(status="published"), ["digest"]),
    "evaluations.criterion": (Q(cycle__jurors__isnull=False), ["label", "explanation"]),  # Joko is of the jury
    "evaluations.score": (Q(cycle__status__in=["frozen", "published"]), ["sheet", "digest"]),
    # The answer to who reported it, and holds its code.
    "activities.flaggeditem": (ALWAYS, ["note"]),
    "accounts.user": (Q(posts__status="published") | Q(comments__hidden_at=None, comments__isnull=False), ["name"]),
}
OURS = {config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
# Neither of a person nor of a KIM; the trail, which nobody can write; what an address needs to work.
LEFT_ALONE = {"regions", "monitoring", "pages"}
NOT_WRITTEN = {"accounts.auditentry"}
# Rows that have no words of their own.
WORDLESS = {"accounts.dispatch": Q(notice__isnull=False), "communities.position": ~Q(role="seksi")}
WORKING = {
    *["accounts.notice.key", "accounts.notice.path", "accounts.dispatch.path", "accounts.dispatch.stop_path"],
    *["accounts.user.password", "activities.post.held_for"],
    *["aspirations.aspiration.held_for", "aspirations.support.device", "evaluations.indicator.word"],
}
# Opened by a link that one person was given, who reads there more than everyone; tests/aspirations tries what.
BY_LINK = {
    "aspirations:own",
    "aspirations:receipt",
    "aspirations:agency",
    "aspirations:agency_photo",
    "alerts:confirm",
    "alerts:manage",
}


def private_columns(model):
    """The columns of a table in which words stand that a person chose."""
    for column in model._meta.concrete_fields:
        base = column.base_field if isinstance(column, ArrayField) else column
        is_text = isinstance(base, models.CharField | models.TextField | models.JSONField)
        is_chosen = column.choices or base.choices or isinstance(base, models.FileField | models.SlugField)
        is_key = column.unique and not isinstance(column, models.EmailField)
        if (
            is_text
            and not is_chosen
            and not is_key
            and not column.generated
            and f"{model._meta.label_lower}.{column.name}" not in WORKING
        ):
            yield column


def secret(column, number):
    base = column.base_field if isinstance(column, ArrayField) else column
    if isinstance(base, models.EmailField):
        said = f"{WORD}{number}@contoh.id"
    elif isinstance(base, models.URLField):
        said = f"https://{WORD}{number}.id/{NIK}"
    else:
        said = f"{PHONE} {WORD} {NIK} {number}"[: base.max_length or None]
    if isinstance(column, ArrayField):
        return [said]
    return {WORD: said} if isinstance(base, models.JSONField) else said


def hide_secrets(spared=()):
    """Write secrets into all that is private; how many there are."""
    numbers = count(1)
    for model in apps.get_models():
        label = model._meta.label_lower
        ours = model._meta.app_label in OURS - LEFT_ALONE or label == "account.emailaddress"
        if not ours or label in NOT_WRITTEN:
            continue
        condition, names = PUBLIC.get(label, (Q(pk__in=[]), []))
        public = set(model._base_manager.filter(condition).values_list("pk", flat=True)) if names else set()
        for pk in model._base_manager.exclude(WORDLESS.get(label, Q(pk__in=[]))).values_list("pk", flat=True):
            if (label, pk) in spared:
                continue
            own = {
                column.name: secret(column, next(numbers))
                for column in private_columns(model)
                if not (pk in public and column.name in names)
            }
            if own:
                model._base_manager.filter(pk=pk).update(**own)
    return next(numbers)


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """What is written into PDFs and pictures, of which a file tells nothing."""
    said = []

    def recorded(owner, name):
        write = getattr(owner, name)

        def writing(self, *args, **more):
            said.extend(str(part) for part in [*args, *more.values()] if isinstance(part, str))
            return write(self, *args, **more)

        monkeypatch.setattr(owner, name, writing)

    for name in ("cell", "multi_cell", "text"):
        recorded(FPDF, name)
    recorded(ImageDraw.ImageDraw, "text")
    return said


@pytest.fixture
def evaluated(cast, mekar, siti, places, make_rules, make_cycle, make_scores):  # noqa: F811
    """Results that everyone reads, with what a KIM and an officer said of them to each other alone."""
    cycle = make_scores(make_cycle(status="published", year=2024, rule_set=make_rules(title="Aturan 2024")))
    made, now = cast["made"], cycle.published_at
    said = {"text": "Sudah ditelepon.", "reply": "Sudah ditelepon.", "answered_by": made, "answered_at": now}
    cycle.objections.create(community=mekar, by=siti, status="denied", **said)
    decided = {"reason": "Sudah ditelepon.", "decided_by_user": made, "decided_at": now}
    cycle.selections.create(community=mekar, to_region=places["64"], by=made, status="declined", **decided)
    make_rules(title="Aturan berikutnya", status="draft")
    return cycle


@pytest.fixture
def world(evaluated, cast, mekar, siti, make_post, make_community, make_decree, make_aspiration, public_works):  # noqa: F811
    """A KIM with all that lies behind its page: people, drafts, what was hidden, decided, reported and imported."""
    mekar.decree = make_decree()
    mekar.save()
    komang = make_user("Komang")
    section = mekar.memberships.create(user=komang, name="Komang")
    mekar.positions.create(membership=section, role="seksi", title="seksi publikasi")
    mekar.memberships.create(name="Bu Wati", email="wati@contoh.id", status="invited")
    mekar.memberships.create(user=cast["joko"], name="Joko", status="left", left_on="2027-01-01")
    post = make_post("Posyandu", body="Ramai.", held_for=["phone"])
    for status in ("draft", "chair_review", "in_review", "returned", "rejected", "hidden", "taken_down", "archived"):
        make_post(f"Tulisan {status}", status=status, author=komang)
    Photo.objects.create(post=post, alt="Balita", width=640, height=400)
    Photo.objects.create(post=post, alt="Tersembunyi", width=640, height=400, is_hidden=True)
    post.comments.create(author=komang, text="Terima kasih")
    post.comments.create(author=siti, text="Disembunyikan", hidden_at="2026-01-01T00:00Z")
    post.revisions.create(number=1, facts=post.facts, by=siti, status="waiting")
    post.reviews.create(decision="kept", by=cast["made"], note="Sudah ditelepon.")
    post.steps.create(to="published", by=cast["made"], note="Sudah ditelepon.")
    mekar.steps.create(to="verified", by=cast["made"], note="Sudah ditelepon.")
    for status in ("draft", "submitted", "rejected"):
        make_community(f"KIM {status}", status=status, about="Belum siap.", address="Rumah ketua")
    for row in (make_aspiration(community=mekar), make_aspiration("Slot gacor"), make_aspiration("Lampu mati")):
        if row.status == "forwarded":
            row.ask(by=cast["made"], text="Sudah ditelepon.", is_public=False)
            row.assign(public_works, by=cast["made"])
    Dispatch.objects.write_to("wati@contoh.id", "Undangan", "Sudah ditelepon.")
    Notice.objects.tell([siti], "verification", "KIM Mekar terverifikasi", "Sudah ditelepon.")
    return mekar


def found_in(answer, drawn):
    """The secrets that an answer tells, in its head or its body or its picture."""
    body = answer.getvalue() if answer.streaming else answer.content
    head = " ".join(f"{name}: {value}" for name, value in answer.items())
    said = [html.unescape(body.decode("utf-8", "replace")), head, *drawn]
    drawn.clear()
    return {match[0] for text in said for match in SECRET.finditer(text)}


def links_of(answer):
    if not answer.get("Content-Type", "").startswith("text/html"):
        return set()
    links = re.findall(r"""(?:href|src|srcset|content)="(/[^"#\s]*)""", html.unescape(answer.text))
    return {link for link in links if not link.startswith(("//", "/static/", "/akun/", "/en/akun/", "/petugas/"))}


def fetched(client, first, seen, drawn):
    """The secrets of a page and of what it leads to: `{address: secrets}`."""
    answer = client.get(first, follow=True)
    told = {first: found_in(answer, drawn)}
    for link in sorted(links_of(answer) - seen):
        seen.add(link)
        told[link] = found_in(client.get(link), drawn)
    return {page: secrets for page, secrets in told.items() if secrets}


def pages_with_twins():
    pages = next(part for part in get_resolver().url_patterns if isinstance(part.pattern, LocalePrefixPattern))
    return set(addresses(pages))


@pytest.mark.parametrize("name", ["visitor", "joko"])
def test_no_address_that_is_open_tells_what_is_private(name, cast, things, places, world, drawn):  # noqa: F811
    told, seen, twins = {}, set(), pages_with_twins()
    reader = cast.get(name)
    spared = (
        {("accounts.user", reader.pk), *(("account.emailaddress", one.pk) for one in reader.emailaddress_set.all())}
        if reader
        else ()
    )
    rows = [row for row in ROWS if row.method == "GET" and row.outcomes[name] in ("ok", "onward")]
    rows = [row for row in rows if row.name not in BY_LINK]

    for row in rows:
        with transaction.atomic():
            thing = things[row.thing]()
            assert hide_secrets(spared) > 100
            client = browser_of(reader)
            for language in ("id", "en") if row.name in twins else ("id",):
                with translation.override(language):
                    told |= fetched(client, address(row.name, thing), seen, drawn)
            transaction.set_rollback(True)

    assert len(rows) > 60 if name == "joko" else len(rows) > 50
    assert told == {}


@pytest.mark.parametrize("secret", [WORD, NIK, PHONE, f"{WORD}1@contoh.id"])
def test_nothing_is_found_by_what_is_private(client, world, secret):
    hide_secrets()
    pages = ["search", "search_suggest", "search_feed", "communities:list", "activities:list", "regions:suggest"]

    for page in pages:
        query = QueryDict(mutable=True)
        query.update({"q": secret, "nama": secret})
        answer = client.get(f"{reverse(page)}?{query.urlencode()}").text
        assert world.get_absolute_url() not in answer or page in ("communities:list", "activities:list"), page
        assert "Posyandu" not in answer or page == "activities:list", page


def test_whoever_has_no_name_is_not_called_by_the_address(client, make_post):
    post = make_post()
    nameless = make_user("Tanpa")
    type(nameless).objects.filter(pk=nameless.pk).update(name="")
    post.comments.create(author=nameless, text="Terima kasih")

    assert "tanpa@contoh.id" not in client.get(post.get_absolute_url()).text


def test_no_file_of_all_rows_tells_what_is_private(world):
    hide_secrets()

    told = {
        (dump.name, format): set(SECRET.findall(gzip.decompress(b"".join(dump.read(made, format, {}))).decode()))
        for dump, made in [(dump, dump.write()) for dump in DUMPS.values()]
        for format in FORMATS
    }

    assert {name: secrets for name, secrets in told.items() if secrets} == {}
    assert all(DUMPS[name].made().rows for name in ("regions", "kim", "posts", "aspirations"))


@pytest.mark.parametrize("format", ["json", "csv", "geojson"])
def test_no_list_of_open_data_tells_what_is_private_in_any_format(client, world, format):
    hide_secrets()

    answers = {name: client.get(f"/api/v1/{name}?format={format}").text for name in (*DUMPS, "statistics")}

    assert {name: SECRET.findall(text) for name, text in answers.items() if SECRET.search(text)} == {}
    assert world.slug in answers["kim"]
    assert "ASP-" in answers["aspirations"]


def test_the_scan_would_see_a_secret(client, world, drawn):
    hide_secrets()
    Community.objects.filter(pk=world.pk).update(address=f"Rumah ketua, {PHONE}")

    assert found_in(client.get(world.get_absolute_url()), drawn) == {PHONE}


@pytest.mark.django_db
def test_every_public_column_is_one_of_ours():
    for label, (_condition, names) in PUBLIC.items():
        assert set(names) <= {column.name for column in apps.get_model(label)._meta.get_fields()}, label
    assert {column.name for column in private_columns(RosterRow)} >= {"cells"}
