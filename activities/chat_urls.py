from django.urls import path

from activities.views import chats

app_name = "chats"

# Known to the services alone: no language, and no link leads here.
urlpatterns = [
    path("bot/telegram/", chats.telegram_webhook, name="telegram"),
    path("bot/whatsapp/", chats.whatsapp_webhook, name="whatsapp"),
]
