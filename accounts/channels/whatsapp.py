"""WhatsApp, by its Cloud API: it answers who wrote to the portal.

News to anybody else it takes in bought templates alone, so none goes there.
"""

from urllib.parse import quote, urlsplit

from django.conf import settings

from accounts.channels.calling import asked, cut, fetched, words_of
from accounts.channels.channel import Channel, Gone, Refused, Unavailable

MOST_LETTERS = 4096
# Where the Cloud API keeps what people sent; the token goes nowhere else.
MEDIA_HOSTS = ("fbsbx.com", "facebook.com", "fbcdn.net", "whatsapp.net")
# Their numbers of errors: the token, too often, for a while not; nobody with WhatsApp there.
AWAY = {0, 1, 2, 4, 190, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004}
NOBODY = {131026, 131030}


def is_on():
    return bool(settings.WHATSAPP_TOKEN and settings.WHATSAPP_PHONE_ID)


def link_url(code):
    """Where a tap opens the chat with the code typed already."""
    return f"https://wa.me/{settings.WHATSAPP_NUMBER}?text={quote(code)}" if settings.WHATSAPP_NUMBER else ""


def send(message, endpoint):
    say(endpoint.address, words_of(message))


def say(chat, text, quotes=""):
    """Write into a chat, under the message that is quoted."""
    words = {"body": cut(text, MOST_LETTERS), "preview_url": False}
    facts = {"messaging_product": "whatsapp", "to": chat, "type": "text", "text": words}
    if quotes:
        facts["context"] = {"message_id": quotes}
    return call("POST", f"{settings.WHATSAPP_PHONE_ID}/messages", json=facts)


def download(file_id, most_bytes):
    """The bytes of what somebody sent; one byte more than `most_bytes` of what is larger."""
    url = call("GET", quote(file_id, safe="")).get("url", "")
    if not is_theirs(url):
        raise Refused
    return fetched(url, most_bytes, headers=authorization())


def is_theirs(url):
    try:
        parts = urlsplit(url)
        host, own = parts.hostname or "", urlsplit(settings.WHATSAPP_API)
    except ValueError:
        return False
    is_known = any(host == known or host.endswith(f".{known}") for known in MEDIA_HOSTS)
    return (parts.scheme == "https" and is_known) or (parts.scheme, parts.netloc) == (own.scheme, own.netloc)


def authorization():
    return {"Authorization": f"Bearer {settings.WHATSAPP_TOKEN}"}


def call(method, path, **more):
    """What the Cloud API answers; Unavailable, Refused or Gone where it does not."""
    status, answer = asked(method, f"{settings.WHATSAPP_API}/{path}", headers=authorization(), **more)
    if status < 300:
        return answer
    error = answer.get("error")
    number = error.get("code") if isinstance(error, dict) else None
    if number in NOBODY:
        raise Gone
    raise Unavailable if number in AWAY or status >= 500 or status in (401, 429) else Refused


WHATSAPP = Channel("whatsapp", "WhatsApp", send=send, is_on=is_on, tells=False)
