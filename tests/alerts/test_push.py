"""Web Push: a stand-in of a push service takes what we send, and decrypts it as the browser would."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import http_ece
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse

from accounts import outbox
from accounts.channels import push
from accounts.channels.channel import Message
from accounts.models import Dispatch, Endpoint, Notice
from bench.server import free_port
from communities import notices

pytestmark = pytest.mark.django_db
KEY = urlsafe_b64encode(bytes(31) + b"\x07").rstrip(b"=").decode()


def text_of(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Browser:
    """A browser that agreed: its keys, and what it reads of what the service was sent."""

    def __init__(self, service):
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes ok"
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.keys = {"p256dh": text_of(point), "auth": text_of(self.secret)}
        self.endpoint = f"{service.origin}/kirim/{id(self)}"

    @property
    def agreement(self):
        return {"endpoint": self.endpoint, **self.keys, "zone": "Asia/Makassar"}

    def read(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"))


class Service(BaseHTTPRequestHandler):
    def do_POST(self):
        taken = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, self.headers, taken))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 201)
        self.send_header("Location", f"{self.server.origin}/lain/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def service(settings):
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Service)
    server.origin = f"http://127.0.0.1:{server.server_port}"
    server.taken, server.answers = [], []
    Thread(target=server.serve_forever, daemon=True).start()
    settings.VAPID_PRIVATE_KEY, settings.VAPID_CONTACT = KEY, "mailto:portal@contoh.id"
    settings.PUSH_SERVICES = [server.origin]
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser_of_siti(service, siti):
    agreed = Browser(service)
    Endpoint.objects.link(push.PUSH, agreed.endpoint, user=siti, keys=agreed.keys)
    return agreed


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(datetime(2026, 8, 17, 5, tzinfo=UTC))
    return time_machine


def tell(siti, title="KIM Mekar terverifikasi", text="Selamat.", **more):
    Notice.objects.tell([siti], notices.VERIFICATION, title, text, path="/ruang/", **more)
    outbox.send_waiting()


def test_a_notice_reaches_the_browser_encrypted_for_it_alone(service, browser_of_siti, siti):
    tell(siti)

    ((_path, headers, body),) = service.taken
    assert b"Mekar" not in body
    notice = siti.notices.get()
    assert browser_of_siti.read(body) == {
        "title": "KIM Mekar terverifikasi",
        "text": "Selamat.",
        "url": f"http://127.0.0.1:8000/ruang/kabar/{notice.pk}/",
        "tag": f"kabar-{notice.pk}",
        "isUrgent": False,
    }
    assert (headers["TTL"], headers["Urgency"], headers["Topic"]) == ("86400", "normal", f"kabar-{notice.pk}")
    tell(siti, "Banjir", is_urgent=True)
    assert service.taken[1][1]["Urgency"] == "high"


def test_the_service_can_tell_who_sends(service, browser_of_siti, siti):
    tell(siti)

    scheme, _blank, facts = service.taken[0][1]["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in facts.split(","))
    head, claims, signature = parts["t"].split(".")
    raw = push.decoded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), push.decoded(parts["k"]))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    told = json.loads(push.decoded(claims))
    assert (scheme, parts["k"]) == ("vapid", push.public_key(KEY))
    assert (told["aud"], told["sub"]) == (service.origin, "mailto:portal@contoh.id")


def test_two_services_are_each_told_their_own_name(service, browser_of_siti, siti, settings):
    other = Browser(service)
    other.endpoint = other.endpoint.replace("127.0.0.1", "localhost")
    settings.PUSH_SERVICES = [service.origin, service.origin.replace("127.0.0.1", "localhost")]
    Endpoint.objects.link(push.PUSH, other.endpoint, user=siti, keys=other.keys)
    tell(siti)

    tokens = [headers["Authorization"].split("t=")[1].split(",")[0] for _path, headers, _body in service.taken]
    assert {json.loads(push.decoded(token.split(".")[1]))["aud"] for token in tokens} == {*settings.PUSH_SERVICES}


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service, browser_of_siti, siti, status):
    service.answers.append(status)
    tell(siti)
    tell(siti, "Yang kedua")

    assert len(service.taken) == 1
    assert not siti.endpoints.exists()


@pytest.mark.parametrize("status", [301, 307, 400, 403, 413, 429, 500, 503])
def test_what_the_service_does_not_take_is_tried_again_and_leads_nowhere_else(
    service, browser_of_siti, siti, status, at_noon
):
    service.answers.append(status)
    tell(siti)
    assert [path for path, _headers, _body in service.taken] == [browser_of_siti.endpoint.removeprefix(service.origin)]
    at_noon.shift(70)
    outbox.send_waiting()

    assert len(service.taken) == 2
    assert Dispatch.objects.filter(channel=push.PUSH).exclude(sent_at=None).count() == 1


def test_a_service_that_does_not_answer_holds_up_no_letter(service, browser_of_siti, siti, mailoutbox):
    service.shutdown()
    service.server_close()
    tell(siti)

    assert len(mailoutbox) == 1
    assert Dispatch.objects.get(channel=push.PUSH).attempts == 1


@pytest.mark.parametrize("letter", ["a", "é", "ꦏ", "😀", '"', "\n"])
def test_whatever_is_told_fits_into_one_piece(service, letter):
    body = push.body(Message("kabar-1", letter * 150, letter * 6_000, "https://kim.example.go.id/" + "x" * 300))

    assert len(body) <= push.MOST_BYTES
    assert json.loads(body)["title"] == letter * 150
    assert len(body) + 103 <= 4_096


INSIDE = [
    "http://127.0.0.1:5432/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/",
    "https://10.0.0.1/", "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "ftp://fcm.googleapis.com/x",
    "https://fcm.googleapis.com@10.0.0.1/", "https://a@fcm.googleapis.com/", "https://fcm.googleapis.com.contoh.id/",
    "https://contohfcm.googleapis.com.id/", "https://xfcm.googleapis.com/", "https://fcm.googleapis.com:x/", "https://[",
    "javascript:alert(1)", "",
    "//fcm.googleapis.com/x", "https://fcm.googleapis.com\\@10.0.0.1/",
    # Of which no library makes a look-up.
    "https://a..fcm.googleapis.com/x", f"https://{'a' * 64}.fcm.googleapis.com/x",
]  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_no_address_that_somebody_gives_leads_the_portal_inside(client, siti, service, settings, url):
    settings.PUSH_SERVICES = ["fcm.googleapis.com"]
    client.force_login(siti)
    facts = Browser(service).agreement | {"endpoint": url}

    answer = client.post(reverse("phone"), facts)

    assert answer.status_code == 400
    assert answer.json()["sentence"]
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/x",
        "https://web.push.apple.com/x",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://sg2p.notify.windows.com/w/?token=x",
    ],
)
def test_the_services_of_the_browsers_are_known(url):
    assert push.is_service(url)


@pytest.mark.parametrize(
    "keys",
    [{"p256dh": ""}, {"p256dh": "x" * 87}, {"p256dh": text_of(b"\x04" + bytes(64))}, {"auth": "YQ"}, {"auth": "é"}],
)
def test_keys_that_are_none_are_refused(client, siti, service, keys):
    client.force_login(siti)

    answer = client.post(reverse("phone"), Browser(service).agreement | keys)

    assert (answer.status_code, Endpoint.objects.exists()) == (400, False)


def test_a_telephone_is_linked_and_unlinked_in_the_settings(client, siti, joko, service):
    client.force_login(siti)
    agreed = Browser(service)
    assert client.post(reverse("phone"), agreed.agreement).json()["path"] == reverse("notice_settings")
    endpoint = siti.endpoints.get()
    assert (endpoint.channel, endpoint.address, endpoint.zone) == ("push", agreed.endpoint, "Asia/Makassar")
    assert "Lewat pemberitahuan di ponsel" in client.get(reverse("notice_settings")).text

    client.force_login(joko)
    assert client.post(reverse("endpoint_unlink", args=[endpoint.pk])).status_code == 404
    client.force_login(siti)
    client.post(reverse("endpoint_unlink", args=[endpoint.pk]))
    assert not siti.endpoints.exists()


def test_without_a_key_nobody_is_asked(client, siti, settings, service):
    settings.VAPID_PRIVATE_KEY = ""
    client.force_login(siti)

    assert "data-push" not in client.get(reverse("notice_settings")).text
    assert client.post(reverse("phone"), Browser(service).agreement).status_code == 404


def test_a_telephone_follows_without_an_account(client, service, places, make_post):
    agreed = Browser(service)
    facts = agreed.agreement | {"wilayah": "64.02"}

    answer = client.post(reverse("alerts:phone"), facts)

    path = answer.json()["path"]
    assert "Kabupaten Kutai Kartanegara" in client.get(path).text
    assert client.post(reverse("alerts:phone"), facts).json()["path"] == path, "the browser alone knows its address"
    assert Endpoint.objects.get().user is None


def test_a_telephone_that_followed_and_then_signed_in_is_told_once(client, service, siti, places):
    agreed = Browser(service)
    client.post(reverse("alerts:phone"), agreed.agreement | {"wilayah": "64.02"})
    client.force_login(siti)
    client.post(reverse("alerts:phone"), agreed.agreement | {"wilayah": "64"})

    assert siti.subscriber.subscriptions.count() == 2
    assert type(siti.subscriber).objects.count() == 1
    assert siti.subscriber.channel == "push"
