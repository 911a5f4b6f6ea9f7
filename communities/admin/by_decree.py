"""Deeds that need an SK: inaugurating a KIM, or many at once, and extending its term."""

import hashlib
import secrets
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.plain import plain_name
from accounts.scoped_admin import ONCE_SECONDS, once
from communities.admin.deed_forms import DeedForm, chosen_from
from communities.forms import DayField, PaperField, PastDayField
from communities.models import Community, Decree, StepRefused

Status = Community.Status
MOST_AT_ONCE = 200


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
