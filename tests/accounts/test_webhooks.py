"""Other systems are told of what is public, signed, only outside our network, again until they take it."""

import hmac
import ipaddress
import json
import socket
import ssl
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from django.utils import timezone

from accounts import outside, webhook_sending
from accounts.lifecycle import StepRefused
from accounts.models import AuditEntry, Webhook, WebhookMessage
from accounts.models.webhooks import RETRIES, signature
from accounts.webhook_events import WebhookEvent
from accounts.webhook_sending import send_due
from activities.models import hoaxes

pytestmark = pytest.mark.django_db
LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
URL = "https://penerima.example/kim?kunci=7"


@pytest.fixture
def webhook(made, places):
    facts = {"name": "Portal Kukar", "events": list(WebhookEvent.known), "created_by": made}
    return Webhook.objects.create(region=places["64.02"], url=URL, **facts)


@pytest.fixture
def receiver(monkeypatch):
    """What the other side was sent, `(url, body, headers)`, and what it answers; 204 where nothing else is said."""
    taken, answers = [], []

    def post(url, body, headers):
        taken.append((url, json.loads(body), headers))
        answer = answers.pop(0) if answers else 204
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(outside, "post", post)
    post.taken, post.answers = taken, answers
    return post


def types(receiver):
    return [body["type"] for _url, body, _headers in receiver.taken]


def test_signatures_are_those_of_the_specification():
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_happens_to_a_post_leaves_with_what_everyone_may_read(webhook, receiver, make_post, made):
    post = make_post(status="in_review", title="Panen raya")
    post.publish(by=made)
    assert send_due(5) == 1
    post.hide(by=made, reason="not_true")
    assert send_due(5) == 1

    (url, published, headers), (_url, withdrawn, _headers) = receiver.taken
    assert (url, published["type"]) == (URL, "post.published")
    assert published["data"] == {
        "id": post.pk,
        "url": f"http://127.0.0.1:8000{post.get_absolute_url()}",
        "title": "Panen raya",
        "region": post.place.code,
    }
    assert datetime.fromisoformat(published["timestamp"]).tzinfo
    assert withdrawn["type"] == "post.withdrawn"
    assert withdrawn["data"] == {"id": post.pk, "region": post.place.code}, "nothing of what it said"
    assert headers["webhook-id"].startswith("msg_")


def test_what_was_hidden_before_it_left_never_leaves(webhook, receiver, make_post, made):
    post = make_post(status="in_review", title="Rahasia desa")
    post.publish(by=made)
    post.hide(by=made, reason="not_true")

    send_due(5)

    assert types(receiver) == ["post.withdrawn"]
    assert "Rahasia" not in repr(receiver.taken)
    assert WebhookMessage.objects.get(event="post.published").state == "dropped"
    post.show_again(by=made)
    WebhookMessage.objects.filter(event="post.withdrawn").update(state="waiting")
    send_due(5)
    assert types(receiver)[1:] == ["post.published"], "nor that it is hidden, once it is not"


def test_a_mark_a_bulletin_a_kim_and_a_proposal_are_told_of(
    webhook, receiver, make_post, make_bulletin, make_aspiration, make_community, make_decree, made, places
):
    post = make_post()
    clarification = make_post(type="klarifikasi", claim="Gempa", verdict="salah")
    hoaxes.mark_as_hoax(post, by=made, clarification=clarification)
    bulletin = make_bulletin(status="sent")
    bulletin.recall(by=made, reason="Jadwal keliru.")
    kim = make_community("KIM Anggrek", status="verified")
    kim.inaugurate(by=made, decree=make_decree())
    wish = make_aspiration("Jalan berlubang")
    wish.accept(by=made)
    wish.give_answer(by=made, text="Diaspal.", outcome="planned")
    wish.hide(by=made, note="Memuat nama.")
    send_due(10)

    assert types(receiver) == ["post.corrected", "bulletin.recalled", "kim.inaugurated", "aspiration.withdrawn"]
    told = {body["type"]: body["data"] for _url, body, _headers in receiver.taken}
    assert told["post.corrected"]["title"].startswith("Hoaks: ")
    assert told["bulletin.recalled"]["title"].startswith("Ditarik: ")
    assert told["kim.inaugurated"]["id"] == kim.slug
    assert told["aspiration.withdrawn"] == {"id": wish.code, "region": wish.place.code}
    assert WebhookMessage.objects.filter(event__startswith="aspiration", state="dropped").count() >= 2


def test_what_stays_unseen_is_no_event(webhook, make_aspiration):
    make_aspiration("Slot gacor maxwin")

    assert not WebhookMessage.objects.exists()


def test_only_the_region_and_those_below_it_are_told_of(webhook, receiver, make_post, places, made):
    Webhook.objects.note("post.published", (make_post().pk, places["64.71.01"]))
    Webhook.objects.note("post.published", (make_post().pk, places["64"]))
    assert not WebhookMessage.objects.exists()

    for code in ("64.02", "64.02.02", "64.02.02.2003"):
        Webhook.objects.note("post.published", (make_post().pk, places[code]))
    assert WebhookMessage.objects.count() == 3

    webhook.switch_off(by=made)
    Webhook.objects.note("post.published", (make_post().pk, places["64.02"]))
    assert WebhookMessage.objects.count() == 3


def test_where_nobody_listens_a_deed_asks_one_question_more(make_post, places, django_assert_num_queries):
    with django_assert_num_queries(1):
        Webhook.objects.note("post.published", (1, places["64.02"]))


def test_what_is_not_taken_comes_again_later_each_time_under_the_same_identity(
    webhook, receiver, make_post, made, time_machine
):
    time_machine.move_to(datetime(2026, 8, 17, 5, tzinfo=UTC), tick=False)
    make_post(status="in_review").publish(by=made)
    message = WebhookMessage.objects.get()
    waits = []
    for _attempt in range(len(RETRIES)):
        receiver.answers.append(503)
        send_due(5)
        message.refresh_from_db()
        waits.append(message.due_at - timezone.now())
        assert send_due(5) == 0, "not before its time"
        time_machine.move_to(message.due_at)
    assert waits == RETRIES

    receiver.answers.append(outside.NotReached("Server tidak menjawab dalam 15 detik."))
    send_due(5)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 10)
    assert message.answer == "Server tidak menjawab dalam 15 detik."

    message.send_again(by=made)
    assert send_due(5) == 1
    assert len({headers["webhook-id"] for _url, _body, headers in receiver.taken}) == 1
    with pytest.raises(StepRefused):
        message.send_again(by=made)


def test_one_that_takes_nothing_holds_up_no_other(webhook, receiver, make_post, made, places):
    other = {"name": "Lain", "events": ["post.published"], "created_by": made, "url": "https://lain.example/"}
    Webhook.objects.create(region=places["64"], **other)
    receiver.answers += [500]
    make_post(status="in_review").publish(by=made)
    make_post(status="in_review").publish(by=made)

    assert send_due(5) == 2
    assert [url for url, _body, _headers in receiver.taken] == [URL, "https://lain.example/", "https://lain.example/"]


def test_those_that_let_us_wait_hold_up_no_other_and_have_their_turns(webhook, receiver, made, places, monkeypatch):
    """The tick has time for one of two that never answer, and there is more to tell them for a long while."""
    facts = {"region": places["64"], "events": ["post.published"], "created_by": made}
    silent = [Webhook.objects.create(name=name, url=f"https://{name}.example/", **facts) for name in ("satu", "dua")]
    clock, asked = [0.0], []
    monkeypatch.setattr(webhook_sending, "time", SimpleNamespace(monotonic=lambda: clock[0]))

    def post(url, body, headers):
        asked.append(url)
        if url == URL:
            return 204
        clock[0] += 15
        raise outside.NotReached("Server tidak menjawab dalam 15 detik.")

    monkeypatch.setattr(outside, "post", post)
    for _message in range(3):
        for one in silent:
            one.messages.create(event="webhook.test", row=one.pk)
    for _tick in range(4):
        webhook.messages.create(event="webhook.test", row=webhook.pk)
        send_due(10)

    once_each = ["https://satu.example/", "https://dua.example/"]
    assert asked == [*once_each, URL, URL, URL, once_each[0], URL, once_each[1]], "known, they come last, in turns"
    monkeypatch.setattr(outside, "post", lambda url, body, headers: 204)
    send_due(10)
    assert not Webhook.objects.exclude(slow_at=None).exists()
    assert not AuditEntry.objects.filter(model="accounts.webhook", before__isnull=False).exists(), "nobody's deed"


def test_whoever_looks_after_it_is_told_once_a_day_that_it_takes_nothing(webhook, receiver, made, time_machine):
    time_machine.move_to(datetime(2026, 8, 17, 5, tzinfo=UTC), tick=False)
    waiting = [webhook.send_test(by=made) for _message in range(2)]
    for attempt in range(1, len(RETRIES) + 2):
        for _message in waiting:
            receiver.answers.append(500)
            send_due(5)
        assert made.notices.count() == (0 if attempt < 6 else 1 if attempt < 10 else 2), attempt
        time_machine.move_to(max(WebhookMessage.objects.values_list("due_at", flat=True)))

    first, second = made.notices.order_by("pk")
    assert first.title == second.title == "Portal Kukar tidak menerima kiriman portal"
    assert (first.text, first.path) == ("Server menjawab 500.", webhook.desk_path)
    assert set(WebhookMessage.objects.values_list("state", flat=True)) == {"failed"}


def test_whoever_is_gone_is_switched_off(webhook, receiver, make_post, made):
    make_post(status="in_review").publish(by=made)
    make_post(status="in_review").publish(by=made)
    receiver.answers.append(410)

    assert send_due(5) == 0
    webhook.refresh_from_db()
    assert not webhook.is_on
    assert set(WebhookMessage.objects.values_list("state", flat=True)) == {"failed"}
    told = "Portal Kukar menjawab bahwa alamatnya tidak ada lagi, dan dimatikan"
    assert [*made.notices.values_list("title", flat=True)] == [told]
    webhook.switch_on(by=made)
    WebhookMessage.objects.first().send_again(by=made)
    assert send_due(5) == 1


def test_one_that_says_it_is_gone_after_an_officer_switched_it_off_is_no_error(webhook, receiver, made, monkeypatch):
    webhook.send_test(by=made)

    def gone(url, body, headers):
        Webhook.objects.get().switch_off(by=made)
        return 410

    monkeypatch.setattr(outside, "post", gone)

    assert send_due(5) == 0
    assert WebhookMessage.objects.get().state == "failed"


def test_of_two_secrets_both_sign_for_a_day(webhook, receiver, made, time_machine):
    former = webhook.secret
    webhook.renew_secret(by=made)
    webhook.send_test(by=made)
    send_due(5)
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    webhook.send_test(by=made)
    send_due(5)

    (_url, body, both), (_url, _body, one) = receiver.taken
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    signed = f"{both['webhook-id']}.{both['webhook-timestamp']}.".encode() + raw
    made_by = [b64decode(secret.removeprefix("whsec_")) for secret in (webhook.secret, former)]
    assert both["webhook-signature"].split() == [
        "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode() for key in made_by
    ]
    assert len(one["webhook-signature"].split()) == 1
    trail = AuditEntry.objects.filter(model="accounts.webhook")
    assert trail.exists()
    assert not any(said in repr([*trail.values("before", "after")]) for said in (former, webhook.secret, "kunci=7"))


@pytest.mark.parametrize(
    "address",
    [
        *["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.7"],
        *["224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1"],
        *["::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"],
    ],
)
def test_nothing_is_sent_inside(address, monkeypatch):
    found = [(None, None, None, "", ("93.184.215.14", 443)), (None, None, None, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **facts: found)
    monkeypatch.setattr(socket, "create_connection", lambda *args, **facts: pytest.fail("connected"))

    with pytest.raises(outside.NotReached):
        outside.post("https://penerima.example/", b"{}", {})
    literal = f"[{address}]" if ":" in address else address
    assert outside.complaint(f"https://{literal}/") == outside.inside()


@pytest.mark.parametrize("host", ["localhost", "localhost.", "kim.localhost", "127.1", "2130706433", "0x7f000001"])
def test_an_address_inside_is_told_at_once_however_it_is_written(host):
    assert outside.complaint(f"https://{host}/") == outside.inside()


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])
def test_an_address_of_the_whole_internet_may_be_reached(address):
    assert outside.is_reachable(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *["http://penerima.example/", "https://", "ftp://penerima.example", "https://a@penerima.example/"],
        *["https://penerima.example/#x", "https://penerima.example:0/", "https://penerima.example:x/", "https://[::1"],
        *["https://penerima.example/a b", "penerima.example", "https://desa-é.example/", "https://①②⑦.0.0.1/"],
    ],
)
def test_what_is_no_plain_https_address_is_refused(url):
    assert outside.complaint(url)


@pytest.fixture
def server(tmp_path, monkeypatch, settings):
    """A receiver on loopback with a certificate of its own for penerima.example."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "penerima.example")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("penerima.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "penerima.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    taken, said = [], {"status": 204, "to": ""}

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append((self.path, self.headers, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(said["status"])
            self.send_header("Location", said["to"])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    resolve, asked = socket.getaddrinfo, []

    def resolved(host, *args, **facts):
        asked.append(host)
        return resolve("127.0.0.1" if host == "penerima.example" else host, *args, **facts)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(outside, "tls", lambda: ssl.create_default_context(cafile=file))
    settings.WEBHOOK_NETWORKS = [LOOPBACK]
    server.taken, server.said, server.asked = taken, said, asked
    server.url = f"https://penerima.example:{server.server_port}/kim"
    yield server
    server.shutdown()
    server.server_close()


def test_what_nobody_foresaw_of_one_message_holds_up_no_other(server, webhook, made, monkeypatch, caplog):
    facts = {"region": webhook.region, "events": webhook.events, "created_by": made}
    other = Webhook.objects.create(name="Lain", url=server.url, **facts)
    webhook.send_test(by=made)
    other.send_test(by=made)
    post = outside.post

    def posted(url, body, headers):
        if url == webhook.url:
            raise TypeError("url strings may not include unicode characters.")
        return post(url, body, headers)

    monkeypatch.setattr(outside, "post", posted)

    assert send_due(5) == 1
    message = webhook.messages.get()
    assert (message.state, message.attempts, message.answer) == ("waiting", 1, "Kiriman ini tidak dapat dikirim.")
    assert "unicode characters" in caplog.text


def test_a_real_receiver_gets_it_by_its_name_at_the_address_that_was_looked_at(server, webhook, made):
    Webhook.objects.filter(pk=webhook.pk).update(url=server.url)
    webhook.send_test(by=made)

    assert send_due(5) == 1
    ((path, headers, body),) = server.taken
    assert (path, headers["host"]) == ("/kim", f"penerima.example:{server.server_port}")
    assert json.loads(body)["type"] == "webhook.test"
    assert headers["webhook-signature"] == signature(
        webhook.secret, headers["webhook-id"], headers["webhook-timestamp"], body
    )
    assert server.asked.count("penerima.example") == 1, "it is looked up once, so that it cannot lead elsewhere"


def test_a_real_receiver_inside_is_not_reached_unless_its_network_is_allowed(server, settings):
    settings.WEBHOOK_NETWORKS = []

    with pytest.raises(outside.NotReached):
        outside.post(server.url, b"{}", {"content-length": "2"})
    assert server.taken == []


def test_a_redirect_is_not_followed_nor_a_strange_certificate_trusted(server, monkeypatch):
    server.said |= {"status": 302, "to": server.url + "/lain"}
    assert outside.post(server.url, b"{}", {"content-length": "2"}) == 302
    assert len(server.taken) == 1

    monkeypatch.setattr(outside, "tls", ssl.create_default_context)
    with pytest.raises(outside.NotReached):
        outside.post(server.url, b"{}", {"content-length": "2"})
    assert len(server.taken) == 1


# The desk -------------------------------------------------------------------------------------------------------------

# What a browser sends of a form without fields.
SENT = {"csrfmiddlewaretoken": "x"}
ADD = "/petugas/accounts/webhook/add/"


def typed(places, **facts):
    return {"region": places["64.02"].pk, "name": "Portal Kukar", "url": URL, "events": ["post.published"]} | facts


def test_an_officer_registers_a_system_and_reads_its_secret_once(desk, made, places):
    page = desk.post(ADD, typed(places), follow=True)

    webhook = Webhook.objects.get()
    assert (webhook.created_by, webhook.events) == (made, ["post.published"])
    assert webhook.secret in page.text
    assert webhook.secret not in desk.get(webhook.desk_path).text
    page = desk.post(reverse("admin:accounts_webhook_deed", args=[webhook.pk, "rahasia"]), SENT, follow=True)
    former, webhook = webhook.secret, Webhook.objects.get()
    assert webhook.secret != former == webhook.former_secret
    assert webhook.secret in page.text

    made.assignments.update(region=places["64.71"])
    assert desk.get(webhook.desk_path).status_code == 404


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"url": "http://penerima.example/"}, "Tulis alamat yang diawali https://."),
        ({"url": "https://10.0.0.1/"}, "Alamat ini berada di jaringan dalam."),
        ({"events": []}, 'id="id_events_error"'),
        ({"events": ["post.unknown"]}, "Pilih dari daftar ini."),
    ],
)
def test_what_cannot_be_registered_is_refused_in_words(desk, places, facts, sentence):
    page = desk.post(ADD, typed(places, **facts))

    assert (page.status_code, Webhook.objects.count()) == (200, 0)
    assert sentence in page.text


def test_an_officer_without_that_duty_registers_nothing(desk, made, places, webhook):
    made.assignments.update(duties=["moderation"])
    assert desk.get(ADD).status_code == 403
    deed = reverse("admin:accounts_webhook_deed", args=[webhook.pk, "matikan"])
    assert desk.post(deed, SENT).status_code == 403


def test_the_desk_lists_what_failed_by_key_with_a_way_to_send_it_again(desk, webhook):
    WebhookMessage.objects.bulk_create(
        WebhookMessage(
            webhook=webhook, event="post.published", row=number, state="failed", answer="Server menjawab 500."
        )
        for number in range(60)
    )
    page = desk.get("/petugas/accounts/webhookmessage/")
    assert page.text.count("Server menjawab 500.") == 50
    message = WebhookMessage.objects.last()
    again = reverse("admin:accounts_webhookmessage_deed", args=[message.pk, "lagi"])
    assert again in page.text
    desk.post(again, SENT)
    message.refresh_from_db()
    assert message.state == "waiting"
    assert desk.get(again).text.count("Kiriman ini tidak gagal") == 1


def test_all_that_failed_is_sent_again_at_once_in_its_order(desk, webhook, receiver, made):
    for title in range(3):
        webhook.messages.create(event="webhook.test", row=title, state="failed", attempts=10)
    sent = webhook.messages.create(event="webhook.test", row=7, state="sent", attempts=1)
    page = desk.get(webhook.desk_path)
    again = reverse("admin:accounts_webhook_deed", args=[webhook.pk, "ulang"])
    failed = f"/petugas/accounts/webhookmessage/?webhook__id__exact={webhook.pk}&amp;state__exact=failed"
    assert f'<a href="{failed}">3 gagal</a>' in page.text
    assert again in page.text
    assert desk.get(failed.replace("&amp;", "&")).text.count('class="field-event_name"') == 3

    page = desk.post(again, SENT, follow=True)

    assert "Kiriman yang gagal dikirim lagi mulai dalam satu menit." in page.text
    assert send_due(5) == 3
    assert [body["data"]["id"] for _url, body, _headers in receiver.taken] == [0, 1, 2]
    sent.refresh_from_db()
    assert sent.attempts == 1
    assert again not in desk.get(webhook.desk_path).text
    assert "tidak ada lagi yang gagal" in desk.get(again).text
    with pytest.raises(StepRefused):
        webhook.send_failed_again(by=made)


def test_a_test_leads_to_its_own_message_which_is_all_indonesian(desk, webhook):
    page = desk.post(reverse("admin:accounts_webhook_deed", args=[webhook.pk, "percobaan"]), SENT, follow=True)

    message = webhook.messages.get()
    assert page.redirect_chain[-1][0] == message.desk_path
    assert str(message) in page.text
    assert "Identity" not in page.text
    message.end(WebhookMessage.State.FAILED)
    again = desk.post(reverse("admin:accounts_webhookmessage_deed", args=[message.pk, "lagi"]), SENT, follow=True)
    assert "Kiriman ini dikirim lagi dalam satu menit." in again.text
