"""What an officer may do to a KIM beside checking it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm
from accounts.fields import SeenCharField
from accounts.typed import is_key, name_in_letters
from communities.admin.by_decree import ExtendForm, InaugurateForm
from communities.admin.decision_forms import ReasonedDeedForm, chosen_from, reason_field
from communities.member_forms import SeenEmailField
from communities.models import Community, Membership
from communities.models.merging import moving
from regions.templatetags.places import place_date


class SuspendForm(ReasonedDeedForm):
    title, button = _("Bekukan KIM"), _("Bekukan")
    done = _("%(name)s dibekukan.")
    explanation = _("KIM tidak dapat menerbitkan kegiatan dan piagamnya menjadi tidak berlaku, sampai dipulihkan.")
    verb = "suspend"


class RestoreForm(DeedForm):
    title, button = _("Pulihkan KIM"), _("Pulihkan")
    done = _("%(name)s dipulihkan.")
    explanation = _("KIM kembali seperti sebelum dibekukan, dan piagamnya berlaku lagi.")
    verb = "restore"
    note = reason_field(required=False)


class DissolveForm(ReasonedDeedForm):
    title, button = _("Bubarkan KIM"), _("Bubarkan")
    done = _("%(name)s dibubarkan.")
    explanation = _("Langkah ini tidak dapat dibatalkan. Halaman dan kegiatan KIM tetap dapat dibaca.")
    verb = "dissolve"


class ConfirmForm(DeedForm):
    title, button = _("Konfirmasi data KIM"), _("Data masih benar")
    done = _("Data %(name)s dikonfirmasi.")
    explanation = _("Anda menyatakan bahwa nama, kedudukan, pengurus, dan kontak KIM ini masih benar hari ini.")
    verb = "confirm"

    @classmethod
    def is_open(cls, row):
        return row.is_standing


class InviteChairForm(DeedForm):
    """For KIMs from the rosters of an office, whose people are names on a list."""

    title, button = _("Undang ketua lewat surel"), _("Undang")
    done = _("Ketua %(name)s diundang.")
    explanation = _(
        "Ketua KIM ini belum mempunyai akun, jadi belum ada yang dapat menulis atau mengurus anggotanya. "
        "Pemilik alamat surel ini menjadi ketua begitu ia menerima undangan."
    )
    name = SeenCharField(label=_("nama ketua"), max_length=120, validators=[name_in_letters])
    email = SeenEmailField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.row.listed_chair:
            del self.fields["name"]

    @classmethod
    def may(cls, row, user, *, decides):
        return decides and not row.chairs

    @classmethod
    def is_open(cls, row):
        return row.is_standing

    @property
    def facts(self):
        chair = self.row.listed_chair
        facts = [(_("Ketua menurut daftar"), chair.name if chair else _("belum tercatat"))]
        return [*facts, (_("Undangan terakhir"), chair.email)] if chair and chair.email else facts

    def carry_out(self):
        Membership.objects.invite_chair(self.row, by=self.user, **self.cleaned_data)
        return self.row


class MoveForm(ReasonedDeedForm):
    title, button = _("Pindahkan kedudukan KIM"), _("Pindahkan")
    done = _("Kedudukan %(name)s dipindahkan.")
    explanation = _(
        "Untuk KIM yang pindah atau desanya dimekarkan. Nomor KIM tetap seperti saat diberikan. Kabupaten/kota "
        "memindahkan di dalam wilayahnya; ke luar itu provinsi atau kementerian."
    )
    verb = "move_seat"
    field_order = ["to", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"] = chosen_from(self.desk, self.request, "seat", label=_("kedudukan baru"))
        self.order_fields(self.field_order)

    @classmethod
    def may(cls, row, user, *, decides):
        return row.seat_moved_by(user)

    @classmethod
    def is_open(cls, row):
        return row.is_standing or row.status == Community.Status.SUSPENDED

    @property
    def facts(self):
        return [(_("Kedudukan sekarang"), self.row.seat.long_name)]


class MergeForm(ReasonedDeedForm):
    """In two steps, because it is for ever: first both KIM are shown side by side."""

    title, button = _("Gabungkan KIM yang terdaftar dua kali"), _("Bandingkan dahulu")
    done = _("%(name)s digabung ke KIM tujuan.")
    explanation = _(
        "KIM ini berhenti berdiri sendiri. Kegiatan dan anggotanya pindah ke KIM tujuan, dan alamat lamanya mengantar "
        "pembaca ke sana. Langkah ini tidak dapat dibatalkan."
    )
    verb = "merge_into"
    template = "admin/communities/_merge.html"
    field_order = ["target", "note"]
    # The KIM that stood beside this one when the button was pressed.
    seen = SeenCharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = self.request.GET.get("tujuan", "")
        self.fields["target"] = chosen_from(
            self.desk,
            self.request,
            "merged_into",
            label=_("KIM tujuan"),
            initial=wanted if is_key(wanted) else None,
        )
        self.fields["target"].widget.but = self.row.pk
        self.order_fields(self.field_order)
        if not self.is_bound and is_key(wanted):
            self.show_beside(self.fields["target"].queryset.filter(pk=wanted).first())

    @property
    def facts(self):
        similar = self.row.lookalikes()[: Community.MOST_LOOKALIKES]
        return [(_("Mirip dengan"), "; ".join(other.full_label for other in similar))] if similar else []

    def clean_target(self):
        target = self.cleaned_data["target"]
        if target.pk == self.row.pk or not target.is_standing:
            raise forms.ValidationError(_("Pilih KIM lain yang masih berdiri."))
        return target

    def clean(self):
        facts = super().clean()
        if target := facts.get("target"):
            if facts.get("seen") != str(target.pk):
                self.add_error(None, _("Bandingkan kedua KIM di bawah ini, lalu gabungkan."))
            self.show_beside(target)
        return facts

    def show_beside(self, target):
        """What the page shows before the button says what it does."""
        if target is None or target == self.row:
            return
        self.initial["seen"] = target.pk
        if self.is_bound:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = str(target.pk)
        self.button = _("Gabungkan untuk selamanya")
        self.sides, self.moving = side_by_side(self.row, target), moving(self.row, target)

    def arguments(self):
        return {"other": self.cleaned_data["target"], "note": self.cleaned_data["note"]}


def side_by_side(*communities):
    """`(what, of the one, of the other)` for all that tells whether two KIM are the same."""
    facts = {
        _("Nama"): lambda kim: kim.name,
        _("Nomor KIM"): lambda kim: kim.number,
        _("Kedudukan"): lambda kim: kim.seat.long_name,
        _("Status"): lambda kim: kim.get_status_display(),
        _("Ketua"): lambda kim: kim.listed_chair,
        _("Anggota"): lambda kim: kim.memberships.current().count(),
        _("Kegiatan"): lambda kim: kim.posts.count(),
        _("Berdiri sejak"): lambda kim: place_date(kim.founded_on),
        _("SK"): lambda kim: kim.decree,
        _("Alamat"): lambda kim: kim.address,
        _("Kontak"): lambda kim: ", ".join(filter(None, (kim.contact_phone, kim.contact_email))),
        _("Terdaftar"): lambda kim: place_date(kim.created_at, kim.seat),
    }
    return [(what, *(shown(say(kim)) for kim in communities)) for what, say in facts.items()]


def shown(fact):
    return "–" if fact in (None, "") else str(fact)


class TakePictureDownForm(ReasonedDeedForm):
    title, button = _("Turunkan gambar atau logo"), _("Turunkan")
    done = _("Gambar %(name)s diturunkan.")
    explanation = _("Gambar hilang dari semua halaman, dan berkasnya dihapus. Ketua KIM dapat memasang yang lain.")
    template = "admin/communities/_pictures.html"
    field_order = ["picture", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pictures = self.row.pictures.all()
        self.fields["picture"] = PictureChoiceField(
            self.pictures,
            label=_("yang diturunkan"),
            to_field_name="uuid",
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Pilih gambarnya."),
                "invalid_choice": _("Gambar ini sudah diganti atau dihapus."),
            },
        )
        self.order_fields(self.field_order)

    @classmethod
    def is_open(cls, row):
        return row.is_public and row.pictures.exists()

    def carry_out(self):
        self.cleaned_data["picture"].take_down(by=self.user, note=self.cleaned_data["note"])
        return self.row


class PictureChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, picture):
        return f"{picture.get_kind_display()}: {picture.alt}"


# By the word in their URL.
DEEDS = {
    "kukuhkan": InaugurateForm,
    "perpanjang": ExtendForm,
    "konfirmasi": ConfirmForm,
    "undang-ketua": InviteChairForm,
    "turunkan-gambar": TakePictureDownForm,
    "bekukan": SuspendForm,
    "pulihkan": RestoreForm,
    "gabungkan": MergeForm,
    "pindahkan": MoveForm,
    "bubarkan": DissolveForm,
}
