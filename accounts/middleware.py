"""What a request must bring before a signed-in person's page answers, and what the audit trail learns of it."""

import pghistory
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.audit import who

# All that an officer without a second factor may reach: what gives them one, and the way out.
ENROLMENT = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_email_verification_sent",
    "account_logout",
    "admin:logout",
}


def knows_the_person(request, view):
    """Whether this page may ask who is there: all but the public ones, and allauth's, which greet everyone."""
    by_allauth = (request.resolver_match.url_name or "").startswith(("account_", "mfa_"))
    return by_allauth or getattr(view, "login_required", True)


class OfficerMiddleware:
    """An officer's session ends with the working day; without a second factor it leads to nothing but getting one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not knows_the_person(request, view) or not request.user.is_staff:
            return None
        request.session.end_with_the_working_day()
        if request.resolver_match.view_name in ENROLMENT or request.user.has_second_factor:
            return None
        messages.warning(request, _("Petugas memerlukan verifikasi dua langkah. Aktifkan dahulu, lalu lanjutkan."))
        return redirect("mfa_activate_totp")


class AuditMiddleware:
    """Whatever a request writes is written in the name of the person who sent it."""

    READING = {"GET", "HEAD", "OPTIONS", "TRACE"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in self.READING:
            return self.get_response(request)
        with pghistory.context():
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in self.READING and knows_the_person(request, view):
            pghistory.context(**who(request.user))
