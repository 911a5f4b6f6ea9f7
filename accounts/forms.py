"""What a person types to sign up and in, in our words; the checks are allauth's."""

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts import outbox
from accounts.notices import NoticeKind
from accounts.typed import plain_name


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
    name = forms.CharField(
        label=_("Nama"),
        max_length=120,
        validators=[plain_name],
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


class ResetPasswordForm(EmailLabel, allauth_forms.ResetPasswordForm):
    pass


class AddEmailForm(EmailLabel, allauth_forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Surel baru")


class NoticeSettingsForm(forms.Form):
    """Which kinds of notice also come by e-mail; what belongs to one's deeds always does."""

    by_email = forms.MultipleChoiceField(
        label=_("kirim juga lewat surel"),
        choices=NoticeKind.optional_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        muted = set(user.muted_kinds.values_list("kind", flat=True))
        wanted = [kind for kind in NoticeKind.optional() if kind not in muted]
        super().__init__(*args, initial={"by_email": wanted}, **kwargs)

    def save(self):
        for kind in NoticeKind.optional():
            change = outbox.unmute if kind in self.cleaned_data["by_email"] else outbox.mute
            change(self.user, kind)
