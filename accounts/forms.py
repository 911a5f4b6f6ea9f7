"""What a person types to sign up and in, in our words; the checks are allauth's."""

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import unfinished
from accounts.channels import push
from accounts.channels.channel import Channel
from accounts.channels.email import EMAIL
from accounts.fields import NameField
from accounts.models import Endpoint, MutedKind, User
from accounts.notices import NoticeKind
from accounts.typed import name_in_letters


class EmailLabel:
    """Says "surel" and drops the placeholders: a label stays while one types, a placeholder does not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in {"email", "login"} & self.fields.keys():
            self.fields[name].label = _("Surel")
            self.fields[name].error_messages["invalid"] = _("Tulis surel yang lengkap, misalnya siti@contoh.id.")


class LoginForm(EmailLabel, allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Ingat saya di perangkat ini")
        self.fields["password"].help_text = ""


class SignupForm(EmailLabel, allauth_forms.SignupForm):
    name = NameField(
        label=_("Nama"),
        max_length=120,
        validators=[name_in_letters],
        help_text=_("Nama ini tampil pada kegiatan yang Anda tulis."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def try_save(self, request):
        """Answers alike, and as slowly, whether the e-mail address is known, new or registered a moment ago."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class OwnNameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name"]

    name = NameField(
        label=_("Nama"),
        max_length=User._meta.get_field("name").max_length,
        validators=[name_in_letters],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class ClosingForm(forms.Form):
    with_comments = forms.BooleanField(label=_("Tarik juga semua komentar saya"), required=False)
    sure = forms.BooleanField(
        label=_("Saya mengerti akun ini tidak dapat dibuka lagi"),
        error_messages={"required": _("Centang ini bila Anda sungguh ingin menutup akun.")},
    )


class ResetPasswordForm(EmailLabel, allauth_forms.ResetPasswordForm):
    def save(self, request, **kwargs):
        if self.users:
            unfinished.begin(request, self.users[0])
        return super().save(request, **kwargs)


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    """Its code was sent to an account as it was then."""

    def clean(self):
        if not unfinished.still_holds(context.request, self.user):
            raise ValidationError(_("Akun ini berubah sejak kodenya dikirim. Minta kode baru lewat Lupa kata sandi."))
        return super().clean()


class AddEmailForm(EmailLabel, allauth_forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Surel baru")


class NoticeSettingsForm(forms.Form):
    """Which kinds of notice leave by which channel: a field for each channel that this person has.

    What belongs to one's deeds always comes by e-mail; a telephone may be silent about any kind.
    """

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        muted = set(user.muted_kinds.values_list("kind", "channel"))
        for channel in self.channels:
            self.fields[f"by_{channel}"] = forms.MultipleChoiceField(
                label=_("lewat %(channel)s") % {"channel": channel.label},
                choices=[(str(kind), kind.label) for kind in self.kinds(channel)],
                initial=[kind for kind in self.kinds(channel) if (kind, channel) not in muted],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    @cached_property
    def channels(self):
        linked = set(self.user.endpoints.values_list("channel", flat=True))
        return [channel for channel in Channel.in_use() if channel == EMAIL or channel in linked]

    def kinds(self, channel):
        return NoticeKind.optional() if channel == EMAIL else list(NoticeKind.known.values())

    def save(self):
        for channel in self.channels:
            for kind in self.kinds(channel):
                is_wanted = kind in self.cleaned_data[f"by_{channel}"]
                change = MutedKind.objects.unmute if is_wanted else MutedKind.objects.mute
                change(self.user, kind, channel)


class PhoneForm(forms.Form):
    """What a browser says that agreed to show news: where it is reached, and how to encrypt for it."""

    endpoint = forms.CharField(max_length=500)
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=60)
    zone = forms.CharField(max_length=60, required=False)

    def clean(self):
        sent = self.cleaned_data
        is_understood = {"endpoint", "p256dh", "auth"} <= sent.keys()
        if (
            not is_understood
            or not push.is_service(sent["endpoint"])
            or not push.are_keys(sent["p256dh"], sent["auth"])
        ):
            raise forms.ValidationError(_("Peramban ini belum dapat kami kirimi pemberitahuan."))
        return sent

    @property
    def sentence(self):
        return str(self.non_field_errors()[0])

    def link(self, user=None):
        sent = self.cleaned_data
        keys = {name: sent[name] for name in ("p256dh", "auth")}
        return Endpoint.objects.link(push.PUSH, sent["endpoint"], user=user, keys=keys, zone=sent["zone"])
