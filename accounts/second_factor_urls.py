"""The second factor as allauth has it, loaded when the first of its pages is asked for: it takes 11 MB of a process."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.utils.module_loading import import_string


def later(name):
    def view(request, **parts):
        return import_string(f"allauth.mfa.{name}")(request, **parts)

    return view


urlpatterns = [
    path("", later("base.views.index"), name="mfa_index"),
    path("authenticate/", login_not_required(later("base.views.authenticate")), name="mfa_authenticate"),
    path("reauthenticate/", later("base.views.reauthenticate"), name="mfa_reauthenticate"),
    path("totp/activate/", later("totp.views.activate_totp"), name="mfa_activate_totp"),
    path("totp/deactivate/", later("totp.views.deactivate_totp"), name="mfa_deactivate_totp"),
    path("webauthn/", later("webauthn.views.list_webauthn"), name="mfa_list_webauthn"),
    path("webauthn/add/", later("webauthn.views.add_webauthn"), name="mfa_add_webauthn"),
    path(
        "webauthn/reauthenticate/",
        later("webauthn.views.reauthenticate_webauthn"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("webauthn/keys/<int:pk>/remove/", later("webauthn.views.remove_webauthn"), name="mfa_remove_webauthn"),
    path("webauthn/keys/<int:pk>/edit/", later("webauthn.views.edit_webauthn"), name="mfa_edit_webauthn"),
    path("recovery-codes/", later("recovery_codes.views.view_recovery_codes"), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/generate/",
        later("recovery_codes.views.generate_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        later("recovery_codes.views.download_recovery_codes"),
        name="mfa_download_recovery_codes",
    ),
]
