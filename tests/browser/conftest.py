"""A real Chromium on the portal: one per worker, a fresh context for each test, and no complaint left unread.

Its headless shell, where there is one, takes 0.4 of the time of the whole Chromium, which could also show its windows.
"""

import io
import os
import shutil

import pytest
from django.core.cache import caches
from django.db import connections
from PIL import Image
from playwright.sync_api import expect

from accounts.images import prepare_photo
from activities.models import Photo
from browser.faults import DESK, PHONE
from browser.server import PatientLiveServer

WHOLE = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE
# When a condition is given up: long after a busy machine fulfils it, so that only what never comes true fails.
GIVEN_UP = 60_000  # milliseconds
expect.set_options(timeout=GIVEN_UP)

TELL_OF_POLICY = "addEventListener('securitypolicyviolation', (e) => console.error('CSP:', e.violatedDirective))"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    require(CHROMIUM)
    # Playwright keeps an event loop on this thread, where Django would then refuse every query of a test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


def require(program):
    if program is None:
        (pytest.fail if os.environ.get("KIM_REQUIRE_BROWSER") == "1" else pytest.skip)("No Chromium here.")


@pytest.fixture(scope="session")
def whole_chromium(launch_browser):
    require(WHOLE)
    browser = launch_browser(executable_path=WHOLE)
    yield browser
    browser.close()


@pytest.fixture
def browser(request, browser):
    return request.getfixturevalue("whole_chromium") if request.node.get_closest_marker("whole_chromium") else browser


@pytest.fixture(scope="session")
def live_server(django_db_setup):
    """One that ends before its database does."""
    server = PatientLiveServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(base_url):
    # A worker that answers for the network would hide from tests what a page asks for.
    return {"base_url": base_url, "locale": "id-ID", "viewport": PHONE, "service_workers": "block"}


@pytest.fixture(scope="session")
def connection_of_the_loop(playwright):
    """Where an event loop runs, as Playwright's does, Django has another connection, which nobody else will close."""
    yield
    connections.close_all()


@pytest.fixture(autouse=True)
def portal(browser, connection_of_the_loop, transactional_db, live_server, settings):
    """The portal under the address that the browser sees; it finishes what it was asked, and leaves nothing behind."""
    settings.SITE_URL = live_server.url
    yield
    live_server.wait_until_silent()
    for cache in (caches["default"], caches["pages"]):
        cache.clear()


@pytest.fixture
def complaints(context, base_url):
    """What the browser had to say against a page; a test may clear what it provoked itself."""
    told = []
    context.add_init_script(TELL_OF_POLICY)
    context.on("console", lambda message: message.type == "error" and told.append(message.text))
    context.on("weberror", lambda error: told.append(str(error.error)))
    context.on("dialog", lambda dialog: (told.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    own = (base_url, "data:", "blob:")
    context.on("request", lambda request: request.url.startswith(own) or told.append(f"elsewhere: {request.url}"))
    return told


@pytest.fixture
def new_context(new_context):
    """A patient one, closed with its connections also where its test fails: else nobody after it would find silence."""

    def make(**own):
        context = new_context(**own)
        context.set_default_timeout(GIVEN_UP)
        return context

    return make


@pytest.fixture
def page(complaints, context):
    yield context.new_page()
    assert complaints == []


@pytest.fixture(scope="session")
def ordinary_photo():
    """The stored copies of a photo with as much detail as a phone takes."""
    file = io.BytesIO()
    Image.effect_noise((200, 150), 60).resize((1600, 1200)).convert("RGB").save(file, "JPEG")
    return prepare_photo(file)


@pytest.fixture
def with_photo(ordinary_photo):
    def give(post, alt="Warga menimbang balita di balai desa"):
        photo = Photo.objects.create(post=post, alt=alt, width=ordinary_photo.width, height=ordinary_photo.height)
        photo.store(ordinary_photo)
        post.lead_photo = photo
        post.save()
        return post

    return give


@pytest.fixture
def sign_in(context, client, base_url):
    """The browser of someone who has signed in."""

    def enter(user):
        user.confirm_email()
        user.refresh_from_db(fields=["sessions_ended"])
        client.force_login(user)
        context.add_cookies(
            [{"name": name, "value": morsel.value, "url": base_url} for name, morsel in client.cookies.items()]
        )

    return enter


@pytest.fixture
def enter(page, context, sign_in):
    """Another person takes the browser; officers with their second factor."""

    def take(user, size=DESK):
        context.clear_cookies()
        if user.assignments.exists():
            user.authenticator_set.get_or_create(type="totp", defaults={"data": {"secret": ""}})
        sign_in(user)
        page.set_viewport_size(size)

    return take


# Writing


@pytest.fixture
def siti_page(page, siti, mekar, sign_in):
    sign_in(siti)
    return page


@pytest.fixture(scope="session")
def small_photo():
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    return {"name": "kecil.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
