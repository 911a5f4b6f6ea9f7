"""News that comes while nobody loads a page: on the screen of a telephone, and in the header of a page that is open."""

import json
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import expect

from accounts.models import Endpoint, Notice
from alerts.models import Subscription
from communities import notices

MOST_WAITS = 600
PUSH_KEY = urlsafe_b64encode(bytes(31) + b"\x07").rstrip(b"=").decode()
AGREED = "Kirim ke ponsel ini"
SERVICE = "https://fcm.googleapis.com/fcm/send/ponsel-budi"


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "service_workers": "allow"}


@pytest.fixture(autouse=True)
def with_push(settings):
    settings.VAPID_PRIVATE_KEY, settings.VAPID_CONTACT = PUSH_KEY, "mailto:kim@contoh.id"


def text_of(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.fixture
def agreeing(context, base_url):
    """A browser whose owner agrees; what stands in for the push service, which no test reaches."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    keys = {"p256dh": text_of(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))}
    told = {"endpoint": SERVICE, "keys": keys | {"auth": text_of(b"sixteen bytes ok")}}
    context.grant_permissions(["notifications"], origin=base_url)
    context.add_init_script(
        "PushManager.prototype.subscribe = async (options) => {"
        f"window.asked = options; return {{ toJSON: () => ({json.dumps(told)}) }}; }}"
    )


def test_a_telephone_follows_without_an_account_or_an_e_mail_address(page, agreeing, places):
    page.goto("/ikuti/?wilayah=64.02")
    page.get_by_role("button", name=AGREED).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Yang saya ikuti")
    expect(page.get_by_role("link", name="Kabupaten Kutai Kartanegara")).to_be_visible()
    subscription = Subscription.objects.confirmed().get()
    assert subscription.subscriber.endpoint == Endpoint.objects.get(address=SERVICE)


def test_an_account_links_its_telephone_and_chooses_what_comes_there(siti_page, agreeing, siti):
    siti_page.goto("/ruang/kabar/pengaturan/")
    siti_page.get_by_role("button", name=AGREED).click()

    expect(siti_page.get_by_text("pemberitahuan di ponsel").first).to_be_visible()
    assert siti.endpoints.get().address == SERVICE


def test_who_says_no_to_the_browser_reads_how_to_change_that(page, agreeing, context, complaints, places):
    context.add_init_script("Notification.requestPermission = async () => 'denied'")
    page.goto("/ikuti/?wilayah=64.02")
    page.get_by_role("button", name=AGREED).click()

    expect(page.get_by_text("Izinkan di pengaturan peramban")).to_be_visible()
    expect(page.get_by_role("button", name=AGREED)).to_be_enabled()
    assert not Endpoint.objects.exists()


def test_a_choice_that_is_none_is_refused_on_the_page(page, agreeing, complaints, places):
    page.goto("/ikuti/")
    page.get_by_label("hanya yang memuat kata-kata ini").fill("dan")
    page.get_by_role("button", name=AGREED).click()

    expect(page.get_by_text("Pilih dahulu apa yang Anda ikuti.")).to_be_visible()
    assert not Endpoint.objects.exists()
    complaints.clear()  # of the answer 400


# What the service worker shows

# The headless shell denies every page notifications, whatever a context grants.
shown_by_the_system = pytest.mark.whole_chromium

SHOWN = """
async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, requireInteraction }) => ({ title, body, requireInteraction }))
"""


@pytest.fixture
def deliver(page, context, base_url, agreeing):
    """Let a message of the push service reach the service worker; what the telephone shows then."""
    page.goto("/ikuti/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    session, known = context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    session.send("ServiceWorker.enable")
    for _ in range(MOST_WAITS):
        if known:
            break
        page.wait_for_timeout(50)

    def bring(data, is_there=lambda shown: len(shown) == 1):
        """A worker that is only just starting may miss a message; one that comes again takes the place of the first."""
        for turn in range(MOST_WAITS):
            if turn % 40 == 0:
                session.send(
                    "ServiceWorker.deliverPushMessage",
                    {"origin": base_url, "registrationId": known[0]["registrationId"], "data": data},
                )
            if is_there(shown := page.evaluate(SHOWN)):
                return shown
            page.wait_for_timeout(50)
        raise AssertionError(f"The telephone shows {shown}.")

    return bring


def told(**facts):
    return json.dumps({"title": "Banjir di Loa Kulu", "text": "Naik ke balai desa.", "tag": "kabar-1"} | facts)


@shown_by_the_system
def test_what_was_sent_is_shown_and_a_newer_word_takes_its_place(deliver):
    (shown,) = deliver(told(url="/wilayah/64.02/", isUrgent=True))
    assert (shown["title"], shown["body"]) == ("Banjir di Loa Kulu", "Naik ke balai desa.")
    assert shown["requireInteraction"]

    (shown,) = deliver(told(title="Air sudah surut"), lambda shown: shown[0]["title"] == "Air sudah surut")
    assert not shown["requireInteraction"]
    deliver(told(tag="kabar-2"), lambda shown: len(shown) == 2)


@shown_by_the_system
@pytest.mark.parametrize("data", ["", "bukan JSON", "null", "[]", "{}", '"teks"', '{"title": null, "url": 7}'])
def test_whatever_comes_something_is_shown(deliver, data):
    (shown,) = deliver(data)

    assert shown["title"]


CLICK = """
async () => {
  const notification = (await self.registration.getNotifications())[0];
  const led = new Promise((resolve) => {
    self.clients.openWindow = async (url) => resolve(url);
  });
  const event = new NotificationEvent("notificationclick", { notification });
  self.dispatchEvent(event);
  return await led;
}
"""


@shown_by_the_system
@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/ruang/kabar/7/buka/", "/ruang/kabar/7/buka/"),
        ("/cari/?q=posyandu", "/cari/?q=posyandu"),
        ("https://jahat.contoh.id/masuk/", "/masuk/"),
        ("//jahat.contoh.id/masuk/", "/masuk/"),
        ("javascript:alert(1)", "/alert(1)"),
        ("http://[salah", "/"),
    ],
)
def test_a_tap_opens_a_page_of_the_portal_and_never_another(context, deliver, base_url, url, path):
    deliver(told(url=url))
    (worker,) = context.service_workers

    assert worker.evaluate(CLICK) == base_url + path


# The number in the header


def tell(user, title="KIM Mekar terverifikasi"):
    Notice.objects.tell([user], notices.VERIFICATION, title, path="/ruang/")


def test_a_page_that_is_open_counts_what_is_new_within_half_a_minute(siti_page, siti):
    siti_page.clock.install()
    siti_page.goto("/ruang/")
    title = siti_page.title()
    line = siti_page.locator("[data-unread]").first

    tell(siti)
    siti_page.clock.fast_forward(30_000)
    expect(siti_page).to_have_title(f"(1) {title}")
    expect(line).to_contain_text("1 kabar belum dibaca")

    tell(siti, "SK KIM Mekar")
    siti_page.clock.fast_forward(30_000)
    expect(siti_page).to_have_title(f"(2) {title}")

    siti.notices.all().delete()
    siti_page.clock.fast_forward(30_000)
    expect(siti_page).to_have_title(title)
    expect(line).to_be_hidden()
