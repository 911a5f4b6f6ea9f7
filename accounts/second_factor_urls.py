"""The second factor as allauth has it, loaded when the first of its pages is asked for: it takes 11 MB of a process."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import path
from django.utils.module_loading import import_string

from pages.going_back import by_a_browser

REFUSED = "refused_code"


def later(name):
    def view(request, **parts):
        return import_string(f"allauth.mfa.{name}")(request, **parts)

    return view


def asking_again(view):
    """A wrong code leads to the page by its URL, which says so: it shows the key, and nobody keeps it to go back to."""

    @wraps(view)
    def answering(request):
        response = view(request)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if form is None:
            return response
        if form.is_bound and by_a_browser(request):
            request.session[REFUSED] = [str(sentence) for sentence in form.errors.get("code", ())]
            return redirect(request.path)
        if not form.is_bound and (sentences := request.session.pop(REFUSED, None)):
            form.errors["code"] = form.error_class(sentences, renderer=form.renderer)
        return response

    return answering


urlpatterns = [
    path("", later("base.views.index"), name="mfa_index"),
    path("authenticate/", login_not_required(later("base.views.authenticate")), name="mfa_authenticate"),
    path("reauthenticate/", later("base.views.reauthenticate"), name="mfa_reauthenticate"),
    path("totp/activate/", asking_again(later("totp.views.activate_totp")), name="mfa_activate_totp"),
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
