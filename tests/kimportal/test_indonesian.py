"""Everything that people here read is Indonesian and in one voice: "Anda", "kata sandi", "surel"; packages included."""

import gettext
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
import pytest
from django.conf import settings
from django.contrib.admin import site
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils import timezone, translation

from accounts.models import Notice
from communities import notices

# What a package says in English, and no word of ours is like.
ENGLISH = {
    word
    for line in (
        "about account add all an and any are as author back be by can cancel change choose click code",
        "community confirm confirmation continue current date day days decree delete district does each edit",
        "email enter error field file filter first for forgot from has have hidden history home hour hours if",
        "incorrect invalid is issued it items last letter log logged login logout member membership",
        "merged more my name new next not note object objects of off officer older on only or page parent",
        "password photo please posts previous province regency region remove required save search seat select",
        "selected send show sign site submit successfully than that the their them there this time times",
        "to today tomorrow type unknown update upload uploaded use user username value verification",
        "verify view village was we welcome were will with yes yesterday you your",
    )
    for word in line.split()
}
# Names, and what Indonesian has taken over.
TAKEN_OVER = {"email"}  # looked for as a word of its own, below
MIXED = re.compile(
    r"\banda\b|(?<![Kk]ata )\b[Ss]andi\b|(?<![\w@./(:{%])[Ee]-?mail\b(?![\w)}/=])|\b[Pp]assword\b|\b[Ll]ogin\b"
)

PACKAGES = {
    Path(django.__file__).parent: ["conf", "contrib/admin", "contrib/auth"],
    Path(allauth.__file__).parent: ["."],
}


# What packages bring -------------------------------------------------------------------------------------------------


def catalogue(folder, language, domain):
    path = folder / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key}


def said_by_packages(domain):
    """`{message: what this site says for it}`: ours before the package's."""
    ours = catalogue(settings.BASE_DIR, "id", domain)
    for package, apps in PACKAGES.items():
        for app in apps:
            there = catalogue(package / app, "id", domain)
            for key in catalogue(package / app, "en", domain).keys() | there.keys():
                yield key, ours.get(key) or there.get(key)


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_word_of_a_package_has_its_indonesian_and_in_our_voice(domain):
    said = dict(said_by_packages(domain))

    assert len(said) > (500 if domain == "django" else 60)
    assert {key for key, text in said.items() if not text} == set()
    bare = {
        key: re.sub(r"%\(\w+\)\w|\{\w+\}|<[^>]*>|\w+\(ENTER\)", " ", text) for key, text in said.items() if text != key
    }
    assert {key: said[key] for key, text in bare.items() if MIXED.search(text) or ENGLISH & words_of(text)} == {}
    # A field of a form is no "bidang": that is what a KIM works in.
    assert {key: text for key, text in said.items() if "bidang" in text.lower()} == {}


# Pages ---------------------------------------------------------------------------------------------------------------


class Said(HTMLParser):
    """What a page says outside what is marked as another language, and where it leads."""

    SPOKEN = {"alt", "aria-label", "placeholder", "title", "value"}
    EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
    UNSAID = {"script", "style", "code", "kbd", "textarea"}

    def __init__(self, html):
        super().__init__()
        self.open, self.texts, self.links = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        foreign = given.get("lang", "id") != "id" or any(is_foreign for _tag, is_foreign in self.open)
        # What somebody wrote is theirs; so is what is only sent along.
        is_sent = tag == "option" or (tag == "input" and given.get("type") not in ("submit", "button"))
        for name in self.SPOKEN:
            if not foreign and given.get(name) and not (name == "value" and (is_sent or tag == "button")):
                self.texts.append(given[name])
        if tag == "a" and given.get("href", "").startswith(("/", "?")) and not foreign:
            self.links.append(given["href"])
        if tag not in self.EMPTY:
            self.open.append((tag, foreign or tag in self.UNSAID))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(is_foreign for _tag, is_foreign in self.open):
            self.texts.append(data)

    @property
    def wrong(self):
        """The texts with a word of English or in another voice."""
        return [text.strip() for text in self.texts if ENGLISH & words_of(text) or MIXED.search(text)]


def words_of(text):
    text = re.sub(r"\S+@\S+|https?://\S+|/\S+|\b[A-Z]{2,}\b", " ", text)
    return set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())) - TAKEN_OVER


def crawl(client, starts, most=400):
    """The pages that links lead to from here, a few of each kind: pairs of an address and what it says."""
    waiting, seen, of_kind = list(starts), set(), {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        kind = kind_of(address)
        if address in seen or kind is None or of_kind.get(kind, 0) >= 2:
            continue
        seen.add(address)
        of_kind[kind] = of_kind.get(kind, 0) + 1
        page = client.get(address, follow=True)
        if "html" in page.get("Content-Type", "") and not page.streaming:
            said = Said(page.text)
            yield address, said
            here = page.redirect_chain[-1][0] if page.redirect_chain else address
            waiting += [link if link.startswith("/") else here.partition("?")[0] + link for link in said.links]


def kind_of(address):
    """The name of the view, with the names of what it is asked for; None for what is not a page of this language."""
    path, _mark, query = address.partition("#")[0].partition("?")
    try:
        view = resolve(path).view_name
    except Resolver404:
        return None
    if path.startswith("/en/") or view.endswith(("logout", "photo")):
        return None
    return view, tuple(sorted(part.partition("=")[0] for part in query.split("&")))


@pytest.fixture
def lively(mekar, siti, made, joko, make_post, make_community):
    """Something on every page: posts of every state, a KIM that waits, members, notices."""
    for status in ("published", "in_review", "returned", "hidden", "draft"):
        make_post(f"Posyandu {status}" if status == "published" else "Posyandu", status=status)
    make_community("KIM Melati", status="submitted")
    mekar.memberships.create(user=joko, name="Joko", status="requested")
    for person in (siti, made, joko):
        Notice.objects.tell([person], notices.VERIFICATION, "KIM Mekar terverifikasi", path="/ruang/")
    return mekar


STARTS = ["/", "/ruang/", "/ruang/kabar/", "/akun/login/", "/akun/signup/", "/akun/password/reset/", "/akun/email/"]
STARTS += ["/akun/password/change/", "/akun/2fa/", "/akun/2fa/totp/activate/", "/akun/reauthenticate/", "/petugas/"]
STARTS += ["/akun/confirm-email/", "/akun/inactive/", "/akun/2fa/recovery-codes/", "/akun/2fa/totp/deactivate/"]
PERSONS = ["visitor", "joko", "siti", "made"]


@pytest.fixture(params=PERSONS)
def person(request, client, lively, with_second_factor):
    """The browser of each kind of person, who has just typed the password."""
    if request.param == "visitor":
        return client
    user = request.getfixturevalue(request.param)
    if request.param == "made":
        with_second_factor(user)
    client.force_login(user)
    confirm_anew(client)
    if request.param == "made":
        client.post(reverse("mfa_generate_recovery_codes"))
    return client


def confirm_anew(client):
    """As after typing the password again: allauth asks for it before showing what protects the account."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()


def test_no_page_says_a_word_of_english_to_anyone(person):
    wrong, pages = {}, 0
    for address, said in crawl(person, STARTS):
        pages += 1
        if said.wrong:
            wrong[address] = said.wrong

    assert pages > 25
    assert wrong == {}


# What forms refuse, and mails -----------------------------------------------------------------------------------------

OF_ACCOUNTS = ["/akun/password/change/", "/akun/2fa/totp/activate/", "/akun/reauthenticate/", "/akun/email/"]
OF_VISITORS = ["/akun/login/", "/akun/signup/", "/akun/password/reset/"]


def refusals(client, addresses):
    for address in addresses:
        page = Said(client.post(address, {"action_add": ""}, follow=True).text)
        assert page.wrong == [], address


def test_no_form_refuses_in_english(client, siti):
    refusals(client, OF_VISITORS)
    client.force_login(siti)
    confirm_anew(client)
    refusals(client, OF_ACCOUNTS)


def test_no_form_of_the_desk_refuses_in_english(desk, lively):
    tables = [table._meta for table in site._registry]
    added = [reverse(f"admin:{table.app_label}_{table.model_name}_add") for table in tables]

    refusals(desk, [address for address in added if desk.get(address).status_code == 200])


def mails():
    folders = [Path(allauth.__file__).parent / "templates", settings.BASE_DIR / "templates"]
    return sorted({str(path.relative_to(folder)) for folder in folders for path in folder.glob("*/email/*.txt")})


@pytest.mark.parametrize("name", [name for name in mails() if "base" not in name])
def test_no_mail_says_a_word_of_english(name, siti, rf):
    facts = {
        "user": siti,
        "email": siti.email,
        "code": "1234-5678",
        "notice": Notice(title="KIM Mekar", text="Selamat."),
    }
    address = "http://localhost/akun/"
    facts |= dict.fromkeys(["activate_url", "password_reset_url", "signup_url", "login_url", "url", "stop"], address)
    facts |= {"from_email": siti.email, "to_email": siti.email, "deleted_email": siti.email, "ip": "127.0.0.1"}
    facts |= {
        "timestamp": timezone.now(),
        "user_agent": "Firefox",
        "current_site": {"name": "Portal KIM", "domain": "localhost"},
    }

    with translation.override("id"):
        text = render_to_string(name, facts, request=rf.get("/"))

    assert [line for line in text.splitlines() if ENGLISH & words_of(line) or MIXED.search(line)] == []
