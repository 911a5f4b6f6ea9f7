"""What an officer may do to a KIM beside checking it: each deed a page with a form, and a verb of the model."""

import hashlib
import secrets
from functools import partial
from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.autocomplete import FindOne
from accounts.fields import SeenCharField
from accounts.plain import is_key, plain_name, plain_text
from accounts.scoped_admin import ONCE_SECONDS, once
from communities.forms import DayField, PaperField, PastDayField
from communities.member_forms import SeenEmailField
from communities.models import Community, Decree, Membership, StepRefused

Status = Community.Status
MOST_AT_ONCE = 200


def own_rows(desk, request, model):
    """The rows of a table that this officer may name."""
    return desk.admin_site.get_model_admin(model).get_queryset(request)


def chosen_from(desk, request, column, **options):
    """A field that finds one row by typing, among those that the desk shows."""
    field = Community._meta.get_field(column)
    rows = own_rows(desk, request, field.related_model)
    return forms.ModelChoiceField(rows, widget=FindOne(field, desk.admin_site), **options)


def reason_field(**options):
    return forms.CharField(
        label=_("alasan"), max_length=2000, validators=[plain_text], widget=forms.Textarea(attrs={"rows": 4}), **options
    )


class DeedForm(forms.Form):
    """One deed; `reached_from` are the statuses in which it may be done."""

    title = button = explanation = ""
    reached_from = Community.STANDING_STATUSES

    def __init__(self, *args, desk, request, community=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.desk, self.request, self.community = desk, request, community

    @classmethod
    def is_for(cls, community, user, *, decides):
        """Whether this officer is the one to do it."""
        return decides

    @property
    def facts(self):
        """What the page says before the form, beside the name of the KIM: pairs."""
        return []

    def carry_out(self, community):
        raise NotImplementedError


class ReasonForm(DeedForm):
    note = reason_field(help_text=_("Pengurus KIM membaca alasan ini, dan alasan tersimpan dalam riwayat."))


class SuspendForm(ReasonForm):
    title, button = _("Bekukan KIM"), _("Bekukan")
    explanation = _("KIM tidak dapat menerbitkan kegiatan dan piagamnya menjadi tidak berlaku, sampai dipulihkan.")

    def carry_out(self, community):
        community.suspend(by=self.request.user, note=self.cleaned_data["note"])


class RestoreForm(DeedForm):
    title, button = _("Pulihkan KIM"), _("Pulihkan")
    explanation = _("KIM kembali seperti sebelum dibekukan, dan piagamnya berlaku lagi.")
    reached_from = [Status.SUSPENDED]
    note = reason_field(required=False)

    def carry_out(self, community):
        community.restore(by=self.request.user, note=self.cleaned_data["note"])


class DissolveForm(ReasonForm):
    title, button = _("Bubarkan KIM"), _("Bubarkan")
    explanation = _("Langkah ini tidak dapat dibatalkan. Halaman dan kegiatan KIM tetap dapat dibaca.")
    reached_from = Community.REACHED_FROM[Status.DISSOLVED]

    def carry_out(self, community):
        community.dissolve(by=self.request.user, note=self.cleaned_data["note"])


class ConfirmForm(DeedForm):
    title, button = _("Konfirmasi data KIM"), _("Data masih benar")
    explanation = _("Anda menyatakan bahwa nama, kedudukan, pengurus, dan kontak KIM ini masih benar hari ini.")

    def carry_out(self, community):
        community.confirm(by=self.request.user)


class InviteChairForm(DeedForm):
    """For KIMs from the rosters of an office, whose people are names on a list."""

    title, button = _("Undang ketua lewat surel"), _("Undang")
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
    def facts(self):
        chair = self.community.listed_chair
        facts = [(_("Ketua menurut daftar"), chair.name if chair else _("belum tercatat"))]
        return [*facts, (_("Undangan terakhir"), chair.email)] if chair and chair.email else facts

    def carry_out(self, community):
        Membership.objects.invite_chair(community, by=self.request.user, **self.cleaned_data)


class MoveForm(ReasonForm):
    title, button = _("Pindahkan kedudukan KIM"), _("Pindahkan")
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
    def facts(self):
        return [(_("Kedudukan sekarang"), self.community.seat.address)]

    def carry_out(self, community):
        community.move_seat(self.cleaned_data["to"], by=self.request.user, note=self.cleaned_data["note"])


class MergeForm(ReasonForm):
    title, button = _("Gabungkan KIM yang terdaftar dua kali"), _("Gabungkan")
    explanation = _(
        "KIM ini berhenti berdiri sendiri. Kegiatan dan anggotanya pindah ke KIM tujuan, dan alamat lamanya mengantar "
        "pembaca ke sana. Langkah ini tidak dapat dibatalkan."
    )
    reached_from = Community.REACHED_FROM[Status.MERGED]
    field_order = ["target", "note"]

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
        self.order_fields(self.field_order)

    @property
    def facts(self):
        kim = self.community
        similar = kim.lookalikes()[: Community.MOST_LOOKALIKES]
        return [
            (_("Kegiatan yang pindah"), kim.post_count),
            (_("Anggota yang pindah"), kim.memberships.current().count()),
            (_("Jabatan yang berakhir"), kim.positions.current().count()),
            (_("Mirip dengan"), ", ".join(other.name for other in similar) or "–"),
        ]

    def clean_target(self):
        target = self.cleaned_data["target"]
        if target.pk == self.community.pk or not target.is_standing:
            raise forms.ValidationError(_("Pilih KIM lain yang masih berdiri."))
        return target

    def carry_out(self, community):
        community.merge_into(self.cleaned_data["target"], by=self.request.user, note=self.cleaned_data["note"])


class DecreeForm(DeedForm):
    """By which decree: one that the portal knows, or a new one."""

    number = forms.CharField(label=_("nomor SK"), max_length=120, required=False, validators=[plain_name])
    issued_on = PastDayField(label=_("tanggal SK"), required=False)
    issuer = forms.ChoiceField(label=_("penerbit"), required=False, choices=[("", "–"), *Decree.Issuer.choices])
    issuer_name = forms.CharField(
        label=_("nama kantor penerbit"), max_length=150, required=False, validators=[plain_name]
    )
    starts_on = DayField(label=_("berlaku sejak"), required=False)
    ends_on = DayField(
        label=_("berlaku sampai"), required=False, help_text=_("Kosongkan bila SK tidak menyebut masa berlaku.")
    )
    file = PaperField(label=_("berkas SK"), required=False)
    field_order = ["existing", "number", "issued_on", "issuer", "issuer_name", "region"]
    NEEDED = ["number", "issued_on", "issuer", "region"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choose = partial(chosen_from, self.desk, self.request, required=False)
        self.fields["existing"] = choose(
            "decree", label=_("SK yang sudah ada"), help_text=_("Pilih di sini, atau isi data SK baru di bawah.")
        )
        self.fields["region"] = choose("seat", label=_("wilayah penerbit"))
        self.order_fields(self.field_order)
        if self.community:
            self.initial = {"existing": self.community.decree_id} | self.initial
        own = self.request.user.current_assignments
        self.initial = {"region": own[0].region_id if own else None} | self.initial

    def clean(self):
        facts = super().clean()
        if facts.get("existing"):
            if facts["existing"].is_over_at(facts["existing"].region):
                self.add_error("existing", _("Masa berlaku SK ini sudah berakhir. Isi data SK yang baru."))
            return facts
        for name in self.NEEDED:
            if name not in self.errors and not facts.get(name):
                self.add_error(name, _("Isi bagian ini, atau pilih SK yang sudah ada."))
        starts, ends = facts.get("starts_on") or facts.get("issued_on"), facts.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Masa berlaku SK berakhir sebelum dimulai."))
        elif ends and Decree(ends_on=ends).is_over_at(self.request.user.place):
            self.add_error("ends_on", _("Masa berlaku SK ini sudah berakhir."))
        return facts

    def decree(self):
        """The one that was chosen, or the new one, saved."""
        facts = self.cleaned_data
        if facts["existing"]:
            return facts["existing"]
        decree = Decree(**{name: facts[name] for name in [*self.NEEDED, "issuer_name", "starts_on", "ends_on"]})
        if facts["file"]:
            content = facts["file"].content
            decree.file_sha256 = hashlib.sha256(content).hexdigest()
            decree.file.save(f"{secrets.token_hex(8)}.pdf", ContentFile(content), save=False)
        decree.save()
        return decree


class InaugurateForm(DecreeForm):
    title, button = _("Kukuhkan KIM"), _("Kukuhkan")
    explanation = _("Dengan SK ini KIM dikukuhkan dan menerima piagam, yang langsung berlaku.")
    reached_from = [Status.VERIFIED, Status.EXPIRED]

    def carry_out(self, community):
        community.inaugurate(by=self.request.user, decree=self.decree())


class ExtendForm(DecreeForm):
    title, button = _("Perpanjang dengan SK baru"), _("Perpanjang")
    explanation = _("SK baru menggantikan SK sekarang, dan piagam baru menggantikan piagam lama.")
    reached_from = [Status.INAUGURATED, Status.EXPIRED]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["existing"] = None

    @property
    def facts(self):
        decree = self.community.decree
        return [(_("SK sekarang"), decree), (_("Berlaku sampai"), (decree and decree.ends_on) or _("tidak dibatasi"))]

    def clean_existing(self):
        existing = self.cleaned_data["existing"]
        if existing and existing.pk == self.community.decree_id:
            raise forms.ValidationError(_("KIM ini sudah dikukuhkan dengan SK itu. Pilih SK yang baru."))
        return existing

    def carry_out(self, community):
        community.extend(by=self.request.user, decree=self.decree())


# By the word in their address.
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
        key = once(request)
        if key and not cache.add(key, True, ONCE_SECONDS):
            messages.info(request, _("Langkah yang sama baru saja dilakukan, mungkin tombolnya terketuk dua kali."))
            return redirect(community.desk_path)
        try:
            with transaction.atomic():
                form.carry_out(community)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
            cache.delete(key)
            community.refresh_from_db()
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("%(name)s: langkah tercatat.") % {"name": community.name})
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


@admin.action(description=_("Kukuhkan dengan satu SK"))
def inaugurate_many(desk, request, communities):
    """As ceremonies do: one decree for all of them; who cannot be inaugurated is named, and the others are."""
    communities = list(communities.select_related("seat", "decree").order_by("name")[: MOST_AT_ONCE + 1])
    if len(communities) > MOST_AT_ONCE:
        messages.error(request, _("Pilih paling banyak %(number)s KIM sekaligus.") % {"number": MOST_AT_ONCE})
        return None
    sent = "carry_out" in request.POST
    form = InaugurateForm(request.POST if sent else None, request.FILES if sent else None, desk=desk, request=request)
    if sent and form.is_valid():
        key = once(request)
        if key and not cache.add(key, True, ONCE_SECONDS):
            messages.info(request, _("Langkah yang sama baru saja dilakukan, mungkin tombolnya terketuk dua kali."))
            return None
        carry_out_many(request, form, communities)
        return None
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Kukuhkan dengan satu SK"),
        "communities": communities,
        "ready": [kim for kim in communities if kim.status in InaugurateForm.reached_from],
        "form": form,
        "media": desk.media + form.media,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/communities/inaugurate_many.html", context)


def carry_out_many(request, form, communities):
    """The decree stays only if somebody was inaugurated by it."""
    done = 0
    with transaction.atomic():
        decree = form.decree()
        for community in communities:
            try:
                community.inaugurate(by=request.user, decree=decree)
            except StepRefused as refusal:
                messages.error(request, f"{community.name} ({community.get_status_display()}): {refusal}")
            else:
                done += 1
        if not done:
            transaction.set_rollback(True)
    if done:
        facts = {"number": done, "decree": decree.number}
        messages.success(request, _("%(number)s KIM dikukuhkan dengan SK %(decree)s.") % facts)
