"""How a bulletin will look to a KIM, as an e-mail, and as a text in WhatsApp, before anything is sent."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.channels.channel import Message
from accounts.channels.email import letter
from bulletins.models.bulletin import MOST_SHORT
from pages.markup import render_markup


def show(desk, request, pk):
    bulletin = desk.get_object(request, str(pk))
    text = shared_text(bulletin)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Pratinjau"),
        "bulletin": bulletin,
        "text_html": render_markup(bulletin.text),
        "moment": bulletin.sent_at or bulletin.send_at or timezone.now(),
        "mail": mail_of(bulletin),
        "whatsapp": text,
        "letters": len(bulletin.short_text),
        "most_letters": MOST_SHORT,
    }
    return TemplateResponse(request, "admin/bulletins/preview.html", context)


def shared_text(bulletin):
    """What a KIM passes on; instead of this URL with its own short one."""
    return bulletin.text_to_share(settings.SITE_URL + bulletin.get_absolute_url())


def mail_of(bulletin):
    """`(subject, text)` of the e-mail as the outbox writes it."""
    message = Message("", bulletin.title, bulletin.short_text, url=settings.SITE_URL + bulletin.room_path)
    with translation.override(settings.LANGUAGE_CODE):
        mail = letter(message, "")
    return mail.subject, mail.body
