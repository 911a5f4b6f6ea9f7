from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("KIM")

    def ready(self):
        # What each app shows in the room of a KIM, and at the desk beside it.
        autodiscover_modules("room_links", "desk_pages", "waiting")
