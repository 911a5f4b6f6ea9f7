"""Carrying a page elsewhere: share links without anybody's script."""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _


def whatsapp(text):
    """The URL that opens WhatsApp with this text, to choose whom it goes to."""
    return f"https://wa.me/?{urlencode({'text': text}, quote_via=quote)}"


def share_links(path, title, text):
    """(name, URL, icon) for each service, of the page at this path; `text` stands before its URL."""
    url = f"{settings.SITE_URL}{path}"
    return [
        ("WhatsApp", whatsapp(f"{text}\n{url}"), "message-circle"),
        ("Telegram", f"https://t.me/share/url?{urlencode({'url': url, 'text': text}, quote_via=quote)}", "send"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}", "thumbs-up"),
        ("X", f"https://x.com/intent/post?{urlencode({'url': url, 'text': text}, quote_via=quote)}", "at-sign"),
        (
            _("Surel"),
            f"mailto:?{urlencode({'subject': title, 'body': f'{text}\n{url}'}, quote_via=quote)}",
            "mail",
        ),
    ]
