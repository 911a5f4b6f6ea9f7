"""What somebody follows, and how they want to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.channels.channel import Channel
from accounts.channels.email import EMAIL
from accounts.fields import AnySignsField
from activities.models import Post
from activities.searching import TextQuery
from alerts.models import TARGETS, Subscription
from alerts.schedule import Frequency
from aspirations.models import Aspiration
from communities.models import Community, Sector
from pages.said_once import SaidOnce
from regions.filters import RegionField
from regions.models import INDONESIA, Region


class ChoiceForm(SaidOnce, forms.Form):
    """A KIM; an aspiration; or a region, a sector, a type of post, words: called as lists and the search call them."""

    # Whether it names a KIM or an aspiration that is not there.
    is_of_nothing = False
    KINDS = [("", _("kegiatan KIM")), ("usulan", _("usulan baru dari warga"))]

    isi = forms.ChoiceField(label=_("yang dikabarkan"), choices=KINDS, required=False, widget=forms.RadioSelect)
    wilayah = RegionField(
        label=_("wilayah"), required=False, help_text=_("Kosongkan untuk mengikuti seluruh Indonesia.")
    )
    bidang = forms.ModelChoiceField(
        Sector.objects.all(), label=_("bidang"), to_field_name="slug", required=False, empty_label=_("Semua bidang")
    )
    jenis = forms.ChoiceField(label=_("jenis"), choices=[("", _("Semua jenis")), *Post.Type.choices], required=False)
    q = AnySignsField(label=_("hanya yang memuat kata-kata ini"), max_length=100, required=False)
    kim = forms.ModelChoiceField(
        Community.objects.public().select_related("merged_into", "seat"),
        to_field_name="slug",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("KIM ini tidak kami temukan.")},
    )
    usulan = forms.ModelChoiceField(
        Aspiration.objects.public().select_related("place"),
        to_field_name="code",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Usulan ini tidak kami temukan.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A village types no NUL; nobody is refused for one.
        for name in ("isi", "bidang", "jenis"):
            self.fields[name].error_messages["invalid_choice"] = _("Pilih dari daftar.")

    def clean_kim(self):
        """The KIM that was merged into another leads to that one; of one that no longer stands comes no news."""
        kim = self.cleaned_data["kim"] and self.cleaned_data["kim"].successor
        if kim and not kim.is_standing:
            raise forms.ValidationError(self.fields["kim"].error_messages["invalid_choice"])
        return kim

    def clean_q(self):
        words = self.cleaned_data["q"]
        if words and (because := TextQuery(words).nothing_because):
            raise forms.ValidationError(because)
        return words

    def clean(self):
        super().clean()
        # Nobody sees the field that such an error would stand beside, nor sends again what is not there.
        for name in {"kim", "usulan"} & self.errors.keys():
            self.add_error(None, self.errors.pop(name).data)
            self.data = self.data.copy()
            del self.data[name]
            self.is_of_nothing = True
        if self.cleaned_data.get("kim"):
            for name in ("wilayah", "bidang", "jenis", "q"):
                if self.cleaned_data.get(name):
                    self.add_error(name, _("KIM diikuti seluruhnya. Kosongkan ini untuk mengikutinya."))
        if self.cleaned_data.get("isi"):
            for name in ("jenis", "q"):
                if self.cleaned_data.get(name):
                    self.add_error(name, _("Ini hanya untuk kegiatan KIM. Kosongkan untuk mengikuti usulan warga."))

    @property
    def choice(self):
        """The columns of a Subscription."""
        chosen = self.cleaned_data
        nothing = dict.fromkeys([*TARGETS, "sector"]) | {"type": "", "words": ""}
        if kim := chosen["kim"]:
            return nothing | {"community": kim}
        if chosen["usulan"]:
            return nothing | {"aspiration": chosen["usulan"]}
        target = "aspirations_of" if chosen["isi"] else "region"
        return nothing | {
            target: chosen["wilayah"] or Region.objects.get(code=INDONESIA),
            "sector": chosen["bidang"],
            "type": chosen["jenis"],
            "words": chosen["q"],
        }

    @property
    def is_narrowed(self):
        """Whether something was chosen but what news: where, of whom, about what."""
        return any(self.cleaned_data[name] for name in self.fields.keys() - {"isi"})

    @property
    def subscription(self):
        """What would be followed, for its words and its feed; not stored."""
        return Subscription(**self.choice)

    @property
    def sent_on(self):
        """`[(name, value)]` of what was chosen, as the form sends it once more."""
        kim = self.cleaned_data["kim"]
        chosen = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return (chosen | ({"kim": kim.slug} if kim else {})).items()


class FollowForm(forms.Form):
    """Where the news go, and how often; who is signed in has said where already."""

    email = forms.EmailField(
        label=_("surel Anda"),
        max_length=254,
        error_messages={"invalid": _("Tulis surel yang lengkap, misalnya siti@contoh.id.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    frequency = forms.ChoiceField(
        label=_("kapan dikirim"),
        choices=Frequency,
        initial=Frequency.AT_ONCE,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )
    # Nobody sees it; whoever fills it in is a machine.
    situs = forms.CharField(label=_("Biarkan kosong"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if user.is_authenticated:
            del self.fields["email"], self.fields["frequency"]

    @property
    def is_of_a_machine(self):
        return bool(self.data.get("situs"))


class SettingsForm(forms.Form):
    """How often somebody is told, and who has a telephone linked, also where."""

    frequency = forms.ChoiceField(
        label=_("kapan dikirim"),
        choices=Frequency,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )

    def __init__(self, *args, subscriber, **kwargs):
        self.subscriber = subscriber
        super().__init__(*args, initial={"frequency": subscriber.frequency, "channel": subscriber.channel}, **kwargs)
        if len(self.channels) > 1:
            self.fields["channel"] = forms.ChoiceField(
                label=_("dikirim lewat"),
                choices=[(str(channel), channel.label) for channel in self.channels],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Pilih dari daftar.")},
            )

    @property
    def channels(self):
        user = self.subscriber.user
        linked = set(user.endpoints.values_list("channel", flat=True)) if user else set()
        return [channel for channel in Channel.in_use() if channel == EMAIL or channel in linked]

    def save(self):
        self.subscriber.change(self.cleaned_data["frequency"], self.cleaned_data.get("channel"))
