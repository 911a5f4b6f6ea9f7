"""What an officer may do to a KIM beside checking it: each deed a page with a form, and a verb of the model."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.fields import SeenCharField
from accounts.typed import is_key, plain_name
from communities.admin.by_decree import ExtendForm, InaugurateForm
from communities.admin.decision_forms import DeedForm, ReasonedDeedForm, chosen_from, reason_field
from communities.member_forms import SeenEmailField
from communities.models import Community, Membership, StepRefused
from communities.models.merging import moving
from pages.twice import DONE_ALREADY, SAME_PAGE
from regions.templatetags.places import place_date

Status = Community.Status


class SuspendForm(ReasonedDeedForm):
    title, button = _("Bekukan KIM"), _("Bekukan")
    done = _("%(name)s dibekukan.")
    explanation = _("KIM tidak dapat menerbitkan kegiatan dan piagamnya menjadi tidak berlaku, sampai dipulihkan.")
    reached_from = Community.open_to("suspend")

    def carry_out(self, community):
        community.suspend(by=self.request.user, note=self.cleaned_data["note"])


class RestoreForm(DeedForm):
    title, button = _("Pulihkan KIM"), _("Pulihkan")
    done = _("%(name)s dipulihkan.")
    explanation = _("KIM kembali seperti sebelum dibekukan, dan piagamnya berlaku lagi.")
    reached_from = Community.open_to("restore")
    note = reason_field(required=False)

    def carry_out(self, community):
        community.restore(by=self.request.user, note=self.cleaned_data["note"])


class DissolveForm(ReasonedDeedForm):
    title, button = _("Bubarkan KIM"), _("Bubarkan")
    done = _("%(name)s dibubarkan.")
    explanation = _("Langkah ini tidak dapat dibatalkan. Halaman dan kegiatan KIM tetap dapat dibaca.")
    reached_from = Community.open_to("dissolve")

    def carry_out(self, community):
        community.dissolve(by=self.request.user, note=self.cleaned_data["note"])


class ConfirmForm(DeedForm):
    title, button = _("Konfirmasi data KIM"), _("Data masih benar")
    done = _("Data %(name)s dikonfirmasi.")
    explanation = _("Anda menyatakan bahwa nama, kedudukan, pengurus, dan kontak KIM ini masih benar hari ini.")

    def carry_out(self, community):
        community.confirm(by=self.request.user)


class InviteChairForm(DeedForm):
    """For KIMs from the rosters of an office, whose people are names on a list."""

    title, button = _("Undang ketua lewat surel"), _("Undang")
    done = _("Ketua %(name)s diundang.")
    explanation = _(
        "Ketua KIM ini belum mempunyai akun, jadi belum ada yang dapat menulis atau mengurus anggotanya. "
        "Pemilik alamat surel ini menjadi ketua begitu ia menerima undangan."
    )
    name = SeenCharField(label=_("nama ketua"), max_length=120, validators=[plain_name])
    email = SeenEmailField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.community.listed_chair:
            del self.fields["name"]

    @classmethod
    def is_for(cls, community, user, *, decides):
        return decides and not community.chairs

    @property
    def summary(self):
        chair = self.community.listed_chair
        facts = [(_("Ketua menurut daftar"), chair.name if chair else _("belum tercatat"))]
        return [*facts, (_("Undangan terakhir"), chair.email)] if chair and chair.email else facts

    def carry_out(self, community):
        Membership.objects.invite_chair(community, by=self.request.user, **self.cleaned_data)


class MoveForm(ReasonedDeedForm):
    title, button = _("Pindahkan kedudukan KIM"), _("Pindahkan")
    done = _("Kedudukan %(name)s dipindahkan.")
    explanation = _("Untuk KIM yang pindah atau desanya dimekarkan. Nomor KIM tetap seperti saat diberikan.")
    reached_from = [*Community.STANDING_STATUSES, Status.SUSPENDED]
    field_order = ["to", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"] = chosen_from(self.desk, self.request, "seat", label=_("kedudukan baru"))
        self.order_fields(self.field_order)

    @classmethod
    def is_for(cls, community, user, *, decides):
        return community.seat_moved_by(user)

    @property
    def summary(self):
        return [(_("Kedudukan sekarang"), self.community.seat.long_name)]

    def carry_out(self, community):
        community.move_seat(self.cleaned_data["to"], by=self.request.user, note=self.cleaned_data["note"])


class MergeForm(ReasonedDeedForm):
    """In two steps, because it is for ever: first both KIM are shown side by side."""

    title, button = _("Gabungkan KIM yang terdaftar dua kali"), _("Bandingkan dahulu")
    done = _("%(name)s digabung ke KIM tujuan.")
    explanation = _(
        "KIM ini berhenti berdiri sendiri. Kegiatan dan anggotanya pindah ke KIM tujuan, dan alamat lamanya mengantar "
        "pembaca ke sana. Langkah ini tidak dapat dibatalkan."
    )
    reached_from = Community.open_to("merge_into")
    template = "admin/communities/_merge.html"
    field_order = ["target", "note"]
    # The KIM that stood beside this one when the button was pressed.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

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
        self.fields["target"].widget.but = self.community.pk
        self.order_fields(self.field_order)
        if not self.is_bound and is_key(wanted):
            self.show_beside(self.fields["target"].queryset.filter(pk=wanted).first())

    @property
    def summary(self):
        similar = self.community.lookalikes()[: Community.MOST_LOOKALIKES]
        return [(_("Mirip dengan"), "; ".join(other.full_label for other in similar))] if similar else []

    def clean_target(self):
        target = self.cleaned_data["target"]
        if target.pk == self.community.pk or not target.is_standing:
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
        if target is None or target == self.community:
            return
        self.initial["seen"] = target.pk
        if self.is_bound:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = str(target.pk)
        self.button = _("Gabungkan untuk selamanya")
        self.sides, self.moving = side_by_side(self.community, target), moving(self.community, target)

    def carry_out(self, community):
        community.merge_into(self.cleaned_data["target"], by=self.request.user, note=self.cleaned_data["note"])


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


# By the word in their URL.
DEEDS = {
    "kukuhkan": InaugurateForm,
    "perpanjang": ExtendForm,
    "konfirmasi": ConfirmForm,
    "undang-ketua": InviteChairForm,
    "bekukan": SuspendForm,
    "pulihkan": RestoreForm,
    "gabungkan": MergeForm,
    "pindahkan": MoveForm,
    "bubarkan": DissolveForm,
}


def open_deeds(community, user, *, decides):
    """`(word, title)` of what this officer may do to the KIM as it stands."""
    return [
        (word, form.title)
        for word, form in DEEDS.items()
        if community.status in form.reached_from and form.is_for(community, user, decides=decides)
    ]


def do(desk, request, pk, word):
    """The page of one deed: what will happen, the form, one button."""
    community = desk.get_object(request, str(pk))
    kind = DEEDS.get(word)
    if kind is None:
        raise Http404
    if not kind.is_for(community, request.user, decides=community.decided_by(request.user)):
        raise PermissionDenied
    form = kind(request.POST or None, request.FILES or None, desk=desk, request=request, community=community)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if SAME_PAGE.is_again(request):
            messages.info(request, DONE_ALREADY)
            return redirect(community.desk_path)
        try:
            with transaction.atomic():
                form.carry_out(community)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
            SAME_PAGE.forget(request)
            community.refresh_from_db()
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, form.told(community))
            return redirect(community.desk_path)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": form.title,
        "community": community,
        "is_open": community.status in kind.reached_from,
        "form": form,
        "media": desk.media + form.media,
    }
    return TemplateResponse(request, "admin/communities/deed.html", context, status=status)
