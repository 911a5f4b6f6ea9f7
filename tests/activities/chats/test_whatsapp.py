"""WhatsApp by its Cloud API: the same conversation, behind a signature, and no news that nobody asked for."""

import hashlib
import hmac
import itertools
import json

import pytest

from accounts.channels import whatsapp
from accounts.channels.channel import Channel, Gone, Refused, Unavailable
from accounts.channels.whatsapp import WHATSAPP
from accounts.models import ChatCode, Dispatch, Endpoint, Notice
from activities.chats import receiving
from activities.models import Chat, ChatUpdate, Photo, Post
from chats.conftest import jpeg
from communities import notices
from tests.standins import CloudApi, Service

pytestmark = pytest.mark.django_db
APP_SECRET = "rahasia-aplikasi"
SITI_NUMBER = "6281234567890"


@pytest.fixture
def cloud(settings):
    service = Service(CloudApi)
    settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_ID, settings.WHATSAPP_NUMBER = "kunci", "1055", "62215550000"
    settings.WHATSAPP_APP_SECRET, settings.WHATSAPP_VERIFY_TOKEN = APP_SECRET, "kata-sandi"
    settings.WHATSAPP_API = service.origin
    yield service
    service.close()


@pytest.fixture
def siti_links(siti, mekar):
    return Endpoint.objects.link(WHATSAPP, SITI_NUMBER, user=siti)


class Sender:
    def __init__(self, client, service):
        self.client, self.service, self.numbers = client, service, itertools.count(1)

    def message(self, **facts):
        number = next(self.numbers)
        return {"from": SITI_NUMBER, "id": f"wamid.{number}", "timestamp": str(1_790_000_000 + number)} | facts

    def text(self, words, **facts):
        return self.message(type="text", text={"body": words}, **facts)

    def image(self, name, content=None, **facts):
        self.service.files[name] = jpeg() if content is None else content
        return self.message(type="image", image={"id": name, "mime_type": "image/jpeg"} | facts)

    def bring(self, *messages, phone_id="1055", secret=APP_SECRET):
        value = {"metadata": {"phone_number_id": phone_id}, "messages": list(messages), "statuses": [{"id": "x"}]}
        call = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
        body = json.dumps(call).encode()
        signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": f"sha256={signed}"}
        return self.client.post("/bot/whatsapp/", body, "application/json", headers=headers)

    def send(self, *messages):
        assert self.bring(*messages).status_code == 200
        before = len(self.service.said)
        for pk in Chat.objects.values_list("pk", flat=True):
            receiving.work_on(pk)
        return "\n".join(text for _to, text, _quotes in self.service.said[before:])


@pytest.fixture
def sender(client, cloud):
    return Sender(client, cloud)


def test_a_draft_grows_and_is_sent_by_whatsapp(sender, siti_links):
    said = sender.send(sender.text("Kerja bakti\nPagi."), sender.image("satu", caption="Parit"), sender.text("kirim"))
    assert "Tugas KIM mana" in said

    assert "terkirim" in sender.send(sender.text("1"))

    post = Post.objects.get()
    assert (post.title, post.body, post.photos.get().alt) == ("Kerja bakti", "Pagi.", "Parit")


def test_a_photo_without_words_is_asked_about_under_it(sender, siti_links):
    photo = sender.image("satu")
    sender.send(sender.text("Kerja bakti\nPagi."), photo, sender.text("kirim"))

    assert sender.service.said[-1][2] == photo["id"]
    sender.send(sender.text("Parit", context={"id": photo["id"]}))
    assert Photo.objects.get().alt == "Parit"


def test_a_code_links_it(client, sender, siti, mekar):
    client.force_login(siti)
    page = client.post("/ruang/kabar/obrolan/whatsapp/", follow=True)
    code = ChatCode.objects.get(user=siti).code
    assert f"https://wa.me/62215550000?text={code}" in page.text

    assert "tersambung dengan akun Siti" in sender.send(sender.text(code))
    assert Endpoint.objects.get().address == SITI_NUMBER


def test_a_code_is_for_the_service_it_was_made_for(sender, siti):
    code = ChatCode.objects.give(siti, Channel.named("telegram")).code

    assert "keliru" in sender.send(sender.text(code))


def test_twice_is_once(sender, siti_links):
    message = sender.text("Kerja bakti")
    sender.send(message, message)
    sender.send(message)

    assert ChatUpdate.objects.count() == 1
    assert Post.objects.get().body == ""


def test_only_signed_calls_for_our_number_are_heard(client, sender, siti_links):
    message = sender.text("Kerja bakti")

    assert sender.bring(message, secret="lain").status_code == 403
    assert client.post("/bot/whatsapp/", {}, "application/json").status_code == 403
    assert client.post("/bot/whatsapp/", "x" * 300_000, "application/json").status_code == 413
    assert sender.bring(message, phone_id="9999").status_code == 200
    assert not ChatUpdate.objects.exists()


@pytest.mark.parametrize(
    ("token", "mode", "status"),
    [
        ("kata-sandi", "subscribe", 200),
        ("salah", "subscribe", 403),
        ("", "subscribe", 403),
        ("kata-sandi", "lain", 403),
    ],
)
def test_the_address_shows_that_it_is_ours(client, cloud, token, mode, status):
    asked = {"hub.mode": mode, "hub.verify_token": token, "hub.challenge": "<b>123"}
    answer = client.get("/bot/whatsapp/", asked)

    assert answer.status_code == status
    if status == 200:
        assert (answer.text, answer.headers["Content-Type"]) == ("<b>123", "text/plain")


def test_without_keys_it_is_off(client, siti, mekar, settings):
    settings.WHATSAPP_TOKEN = ""

    assert client.get("/bot/whatsapp/").status_code == 404
    assert client.post("/bot/whatsapp/").status_code == 404


def test_no_notice_leaves_by_whatsapp(cloud, siti_links, siti):
    Notice.objects.tell([siti], notices.VERIFICATION, "KIM Mekar terverifikasi")

    assert list(Dispatch.objects.values_list("channel", flat=True)) == ["email"]


@pytest.mark.parametrize("url", ["https://contoh.id/x", "http://lookaside.fbsbx.com/x", "https://fbsbx.com.contoh.id/"])
def test_the_token_goes_nowhere_else(cloud, url):
    assert not whatsapp.is_theirs(url)
    assert whatsapp.is_theirs("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1")


@pytest.mark.parametrize(
    ("status", "number", "error"),
    [
        (400, 131047, Refused),
        (400, 131026, Gone),
        (401, 190, Unavailable),
        (429, 130429, Unavailable),
        (500, 1, Unavailable),
    ],
)
def test_what_the_service_says_is_understood(cloud, status, number, error):
    cloud.answers.append((status, {"error": {"code": number}}))

    with pytest.raises(error):
        whatsapp.say(SITI_NUMBER, "Halo")


def test_a_bad_photo_among_good_ones(sender, siti_links):
    said = sender.send(sender.image("satu", caption="Satu"), sender.image("rusak", b"bukan foto"))

    assert "bukan foto" in said
    assert Photo.objects.get().alt == "Satu"
