"""How allauth speaks and acts here: our words, our mail."""

import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import devices, password_attempts, unfinished
from accounts.sessions import keep_this_one
from pages import limits

logger = logging.getLogger(__name__)

NOT_SENT = _("Surel belum dapat dikirim sekarang. Tunggu beberapa menit, lalu minta dikirim ulang.")
# What anyone can have sent to an address of which nobody knows yet whether its owner asked for it.
UNASKED = {
    f"account/email/{name}"
    for name in ("email_confirmation_signup", "email_confirmation", "account_already_exists", "unknown_account")
}
TRY_LATER = _("Terlalu banyak percobaan. Silakan coba lagi beberapa menit lagi.")
WRONG_CODE = _("Kode ini tidak cocok. Periksa lagi angkanya.")


# How a second factor is asked for once more.
WAYS = {
    "mfa_reauthenticate": _("Pakai kode autentikator atau kode pemulihan"),
    "mfa_reauthenticate:webauthn": _("Pakai kunci masuk"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Akun ini sedang dinonaktifkan."),
        "cannot_remove_primary_email": _("Surel utama tidak dapat dihapus."),
        "duplicate_email": _("Surel ini sudah terhubung dengan akun Anda."),
        "email_password_mismatch": _("Surel atau kata sandi tidak cocok."),
        "email_taken": _("Surel ini tidak dapat dipakai."),
        "enter_current_password": _("Kata sandi saat ini tidak cocok."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("Kata sandi tidak cocok."),
        "invalid_login": _("Surel atau kata sandi tidak cocok."),
        "max_email_addresses": _("Anda tidak dapat menambah lebih dari %d surel."),
        "rate_limited": TRY_LATER,
        "same_as_current": _("Isinya sama dengan yang sekarang."),
        "too_many_login_attempts": TRY_LATER,
        "unknown_email": _("Surel ini tidak dapat dipakai."),
        "unverified_primary_email": _("Surel utama Anda belum dikonfirmasi."),
    }

    def send_mail(self, template_prefix, email, context):
        """Send now; when the mail server is away or refuses, say so and go on to the page that sends it again.

        Not too many a day to an address that confirmed nothing, which says the same of known and unknown ones.
        """
        if template_prefix in UNASKED and not limits.may_write_to(self.request, email):
            messages.warning(self.request, limits.TOO_MANY_LETTERS)
            return
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException, ValueError) as error:
            logger.warning("mail not sent: %s", type(error).__name__)
            messages.warning(self.request, NOT_SENT)

    def pre_authenticate(self, request, **credentials):
        """Count a password that may be wrong; ValidationError for one too many."""
        self.places = password_attempts.begin(request, credentials.get("email", ""))
        if self.places is None:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            password_attempts.succeeded(self.places)
        return user

    def set_password(self, user, password):
        """Whoever sets a new password has shown to own the account, and may sign in at once."""
        super().set_password(user, password)
        password_attempts.forget(self.request, user.email)

    def confirm_email(self, request, email_address):
        """A new e-mail address ends all sessions of its owner but the one in which it was confirmed."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            keep_this_one(request, email_address.user)
        return confirmed

    def pre_login(self, request, user, **facts):
        unfinished.begin(request, user)
        return super().pre_login(request, user, **facts)

    def login(self, request, user):
        """Nobody comes in by a password or a code that was right before the account changed."""
        if not unfinished.still_holds(request, user):
            messages.warning(request, _("Akun ini berubah sejak Anda mulai masuk. Masuklah sekali lagi."))
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def post_login(self, request, user, **facts):
        response = super().post_login(request, user, **facts)
        devices.remember(request, response, user.email)
        request.session.note_device(request)
        return response

    def save_user(self, request, user, form, commit=True):
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request):
        """Officers begin at their desk, but who belongs to a KIM too in the room, which leads to both."""
        if request.user.is_staff and not request.user.memberships.current().exists():
            return reverse("admin:index")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    def get_reauthentication_methods(self, user):
        """The strongest a person has: whoever knows only the password cannot switch the second factor off."""
        methods = super().get_reauthentication_methods(user)
        ways = [method | {"description": WAYS[method["id"]]} for method in methods if method["id"] in WAYS]
        return ways or methods


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Matikan verifikasi dua langkah sebelum mengganti surel."),
        "cannot_delete_authenticator": _("Verifikasi dua langkah tidak dapat dimatikan sekarang."),
        "cannot_generate_recovery_codes": _("Aktifkan dahulu aplikasi autentikator."),
        # Of a phone whose clock is wrong no code is ever right; whose clock is how wrong, nobody is told.
        "incorrect_code": _("Kode ini tidak cocok. Tunggu kode berikutnya, dan setel jam ponsel Anda ke otomatis."),
        "incorrect_passkey": _("Kunci masuk ini tidak cocok, atau terlalu lama. Coba sekali lagi."),
        "unverified_email": _("Konfirmasikan surel Anda sebelum mengaktifkan verifikasi dua langkah."),
    }

    def generate_authenticator_name(self, user, type):
        number = user.authenticator_set.filter(type=type).count() + 1
        return _("Kunci %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}
