"""What a browser sends of a passkey; loaded with the first page of the second factor."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import NameField
from accounts.typed import plain_text, says_something

# What a browser may send in place of the answer of a passkey, at which the parsers of allauth and fido2 stumble.
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)
NAME_OF_PASSKEY = {
    "label": _("Nama kunci"),
    "max_length": 60,
    "validators": [says_something, plain_text],
    "help_text": _("Misalnya: HP kantor. Hanya Anda yang membacanya."),
}


def wrong_answer():
    return get_adapter().validation_error("incorrect_passkey")


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    name = NameField(required=False, **NAME_OF_PASSKEY)

    def clean(self):
        try:
            return super().clean()
        except forms.ValidationError as refusal:
            raise wrong_answer() from refusal
        except UNREADABLE as unreadable:
            raise wrong_answer() from unreadable


class NamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    name = NameField(**NAME_OF_PASSKEY)


class AnswerOfPasskey:
    def clean_credential(self):
        try:
            return super().clean_credential()
        except forms.ValidationError:
            raise  # too often, or none of this person's
        except UNREADABLE as unreadable:
            raise wrong_answer() from unreadable


class UsePasskeyForm(AnswerOfPasskey, webauthn_forms.AuthenticateWebAuthnForm):
    @property
    def has_app(self):
        """Whether a code of an authenticator app would do as well."""
        return is_mfa_enabled(self.user, [Authenticator.Type.TOTP])


class UsePasskeyAgainForm(AnswerOfPasskey, webauthn_forms.ReauthenticateWebAuthnForm):
    pass
