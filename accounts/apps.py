from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Akun")
    default = True

    def ready(self):
        from allauth.mfa import signals

        from accounts import privacy, rights  # noqa: F401 their checks register themselves
        from accounts.sessions import keep_this_one

        for signal in (signals.authenticator_added, signals.authenticator_removed, signals.authenticator_reset):
            signal.connect(keep_this_one)
        # What each app declares of its own; see accounts.declared.
        autodiscover_modules("notices", "duties", "closing", "own_data", "consents", "retention", "webhooks")


class DeskConfig(admin_apps.AdminConfig):
    """The Django admin, as the officers' desk."""

    default = False
    default_site = "accounts.admin_site.Desk"
