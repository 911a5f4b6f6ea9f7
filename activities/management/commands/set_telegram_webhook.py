"""`manage.py set_telegram_webhook`: tell Telegram where the portal is, once and after each change of its secret."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.channels import telegram
from accounts.channels.channel import Gone, Refused, Unavailable

KINDS = ["message", "edited_message", "my_chat_member"]


class Command(BaseCommand):
    help = "Let Telegram bring what is written to the bot to this portal."

    def handle(self, **options):
        if not (telegram.is_on() and settings.TELEGRAM_WEBHOOK_SECRET):
            raise CommandError("Set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET first.")
        url = settings.SITE_URL + reverse("chats:telegram")
        facts = {"url": url, "secret_token": settings.TELEGRAM_WEBHOOK_SECRET, "allowed_updates": KINDS}
        try:
            telegram.call("setWebhook", max_connections=4, **facts)
        except (Unavailable, Refused, Gone):
            raise CommandError(f"Telegram did not take {url}: it must be HTTPS, and the token right.") from None
        self.stdout.write(f"Telegram brings what is written to the bot to {url}.")
