"""What a member may write: a draft may lack anything, what is sent in may not."""

import json
import re
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.fields import AnySignsField, DayField, MomentField, PlaceField, SeenCharField
from accounts.typed import SIGNS_ALONE, WITHOUT_LETTERS, has_letters, says_something
from activities import types
from activities.models import OPEN, Photo, Post
from activities.summaries import opening
from communities.models import Sector
from pages.markup import plain_line
from pages.web_urls import public_url
from regions.clocks import latest_day
from regions.filters import in_a_sentence

MOST_LETTERS = 20_000
MOST_PARTICIPANTS = 1_000_000
# Letters of a title that may say anything: "Rapat", "HUT RI".
SHORTEST_TITLE = 4
# How long ahead a post may be written.
LONGEST_WAIT = timedelta(days=366)
# What is said by the clock of its place.
OF_EVENT = ("starts_at", "ends_at")
MOMENTS = (*OF_EVENT, "publish_at")
POST_URL = re.compile(r"/kegiatan/(\d{1,18})(?:-|/|$)")


class PostURLField(SeenCharField):
    """The URL of a published post of this portal; cleans to that post."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = POST_URL.search(text)
        post = found and Post.objects.published().filter(pk=found[1]).first()
        if post is None:
            raise ValidationError(_("Kegiatan ini tidak kami temukan. Salin alamat halamannya dari portal ini."))
        return post


class PostForm(forms.ModelForm):
    """One screen; `is_sending` asks for all that a reader and an officer will want to know."""

    place = PlaceField(label=_("tempat"), required=False)
    happened_on = DayField(label=_("tanggal kegiatan"), required=False)
    starts_at = MomentField(label=_("mulai"), required=False)
    ends_at = MomentField(label=_("selesai"), required=False)
    publish_at = MomentField(label=_("terbitkan nanti, pada"), required=False)
    clarifies = PostURLField(
        label=_("meluruskan kegiatan di portal ini"),
        required=False,
        max_length=300,
        help_text=_("Alamat halamannya, bila berita yang keliru itu ada di portal ini."),
    )
    duties = forms.MultipleChoiceField(
        label=_("tugas KIM (ADINDA)"),
        choices=Post.Duty,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sudah kami pilihkan menurut jenisnya; ubah bila perlu."),
    )

    class Meta:
        model = Post
        fields = [
            *["title", "body", "happened_on", "place", "type", "sector", "duties", "participants"],
            *types.OWN_COLUMNS,
            "publish_at",
        ]
        field_classes = dict.fromkeys([*types.TEXTS, "public_contact"], AnySignsField)
        widgets = {
            "title": forms.TextInput(attrs={"autocapitalize": "sentences"}),
            "body": forms.Textarea(attrs={"rows": 10, "data-markup": ""}),
            "claim": forms.Textarea(attrs={"rows": 3}),
            "participants": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": MOST_PARTICIPANTS}),
            "source_url": forms.URLInput(attrs={"inputmode": "url"}),
        }
        help_texts = {
            "body": _(
                "Siapa, apa, di mana, mengapa, dan apa hasilnya. Baris kosong memisahkan paragraf. Tandai seperti di"
                " WhatsApp: *tebal*, _miring_, ~coret~; awali baris dengan - untuk daftar, > untuk kutipan."
            ),
            "participants": _("Perkiraan boleh."),
            "public_contact": _("Tampil untuk semua orang. Tulis hanya yang boleh diketahui umum."),
        }

    def __init__(self, *args, is_sending=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_sending, self.unkept = is_sending, []
        self.fields["title"].required = False
        self.fields["body"].max_length = MOST_LETTERS
        self.fields["body"].validators.append(forms.CharField(max_length=MOST_LETTERS).validators[0])
        self.fields["body"].widget.attrs["maxlength"] = MOST_LETTERS
        self.fields["participants"].max_value = MOST_PARTICIPANTS
        self.fields["sector"].queryset = Sector.objects.all()
        self.fields["sector"].empty_label = None
        self.fields["verdict"].choices = [("", _("Pilih hasilnya")), *Post.Verdict.choices]
        zone = self.instance.place.zone
        # The page that opens without a line does not know the place.
        hint = (
            _("Waktu setempat (%(zone)s).") % {"zone": self.instance.place.zone_name} if self.instance.place.pk else ""
        )
        for name in MOMENTS:
            moment = getattr(self.instance, name)
            self.initial[name] = moment and moment.astimezone(zone).replace(tzinfo=None)
            self.fields[name].help_text = hint
        self.fields["publish_at"].help_text = format_lazy(
            "{} {}", _("Kosongkan agar terbit segera setelah disetujui."), hint
        )
        if self.instance.is_published:
            del self.fields["publish_at"]
        self.initial["place"] = self.instance.place.long_name
        self.fields["place"].known = [self.instance.place, *self.seats()]
        clarified = self.instance.clarifies
        self.initial["clarifies"] = f"{settings.SITE_URL}{clarified.get_absolute_url()}" if clarified else ""

    @property
    def needs(self):
        """`(type, labels)`: what is to be filled in before a post of each type is sent."""
        return [
            (type_, [in_a_sentence(field.label) for name, field in self.fields.items() if name in needed])
            for type_ in Post.Type
            if (needed := types.needed_by(type_))
        ]

    @property
    def examples(self):
        """`(duty, what it looks like in a village)`."""
        return [(duty.label, types.EXAMPLES[duty]) for duty in Post.Duty]

    @property
    def usual_duties(self):
        """As a script reads it."""
        return json.dumps(types.usual_duties())

    def seats(self):
        return [self.instance.community.seat] if self.instance.community_id else []

    # Single fields

    def clean_title(self):
        # Titles stand in lists, links and messages, which know no marks.
        return plain_line(self.cleaned_data["title"])

    def clean_place(self):
        return self.cleaned_data["place"] or self.instance.community.seat

    def clean_participants(self):
        number = self.cleaned_data["participants"]
        if number is not None and number > MOST_PARTICIPANTS:
            raise ValidationError(_("Tulis jumlah peserta dengan angka, paling banyak satu juta."))
        return number

    def clean_publish_at(self):
        moment = self.cleaned_data["publish_at"]
        if moment and moment > timezone.now().replace(tzinfo=None) + LONGEST_WAIT:
            raise ValidationError(_("Pilih waktu dalam setahun ke depan."))
        return moment

    def clean_source_url(self):
        url = self.cleaned_data["source_url"]
        if url and not url.startswith(("http://", "https://")):
            raise ValidationError(_("Tulis alamat yang dimulai dengan https://"))
        public_url(url)
        return url

    # All together

    def clean(self):
        facts = super().clean()
        type_ = facts.get("type")
        if self.instance.status in OPEN:
            self.set_clocks()
            self.set_other_types_aside(type_)
        else:
            self.forget_other_types(type_)
            self.set_clocks()
        if self.is_sending or self.instance.status != Post.Status.DRAFT:
            self.ask_for_words(type_)
        if self.is_sending:
            self.ask_for_a_title_of_sense()
            self.ask_for(types.needed_by(type_) if type_ else types.NEEDED)
            self.ask_for_the_past(type_)
        elif type_ and self.instance.status != Post.Status.DRAFT:
            self.ask_for(types.always_needed_by(type_))
        return facts

    def set_other_types_aside(self, type_):
        """A draft keeps what was typed for another type, for its writer may change back; what it cannot keep of that
        is named in `unkept`, and what stood there before stays.
        """
        for name in types.foreign_to(type_):
            if self._errors.pop(name, None):
                for one in OF_EVENT if name in OF_EVENT else [name]:  # both, or it might end before it starts
                    self.cleaned_data[one] = getattr(self.instance, one)
                self.unkept.append(in_a_sentence(self.fields[name].label))

    def forget_other_types(self, type_):
        for name in types.foreign_to(type_):
            self.cleaned_data[name] = Post.nothing_in(name)
            self._errors.pop(name, None)

    def set_clocks(self):
        place = self.cleaned_data.get("place") or self.instance.place
        for name in MOMENTS:
            if moment := self.cleaned_data.get(name):
                self.cleaned_data[name] = moment.replace(tzinfo=place.zone)
        starts, ends = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("Agenda berakhir sebelum dimulai."))

    def ask_for(self, needed):
        for name, sentence in needed.items():
            if name not in self._errors and not types.filled(self.cleaned_data.get(name)):
                self.add_error(name, sentence)

    def ask_for_words(self, type_):
        """A draft may hold anything; what others are to read says something.

        It is asked before what is missing: of signs alone each field says the same, whether it is needed or not.
        """
        for name in [name for name in types.WORDS if name not in types.foreign_to(type_)]:
            text = self.cleaned_data.get(name)
            if not text or name in self._errors:
                continue
            if not types.filled(text):
                self.add_error(name, SIGNS_ALONE)
            elif name in types.NAMES and not has_letters(text):
                self.add_error(name, WITHOUT_LETTERS)

    def ask_for_a_title_of_sense(self):
        title = self.cleaned_data.get("title")
        if title and "title" not in self._errors and sum(map(str.isalpha, title)) < SHORTEST_TITLE:
            self.add_error("title", _("Judul ini terlalu pendek. Tulis apa kegiatannya, misalnya: Kerja bakti."))

    def ask_for_the_past(self, type_):
        day = self.cleaned_data.get("happened_on")
        if day and day > latest_day() and type_ and types.RULES[type_].tells_the_past:
            self.add_error("happened_on", types.NOT_YET)

    def _post_clean(self):
        super()._post_clean()
        self.instance.summary = opening(self.instance.body)

    @property
    def facts(self):
        """What these words make of the post, as a revision keeps it."""
        return self.instance.facts


class PhotoForm(forms.ModelForm):
    """What a photo shows, in words; needed when its post is sent."""

    class Meta:
        model = Photo
        fields = ["alt", "caption"]
        field_classes = dict.fromkeys(["alt", "caption"], AnySignsField)
        labels = {"alt": _("apa yang terlihat di foto ini?")}
        help_texts = {"alt": _("Dibacakan untuk orang yang tidak melihat fotonya.")}

    def __init__(self, *args, is_sending=False, **kwargs):
        super().__init__(*args, prefix=f"foto-{kwargs['instance'].uuid}", **kwargs)
        self.fields["alt"].required = is_sending
        if is_sending:
            for field in self.fields.values():
                field.says = says_something
        self.fields["alt"].error_messages["required"] = _("Tulis apa yang terlihat di foto ini.")
