"""Deeds that need an SK: inaugurating a KIM, or many at once, and extending its term."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import models, transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm
from communities.admin.decision_forms import chosen_from
from communities.decree_fields import DecreeFields
from communities.models import Community, Decree, StepRefused
from communities.paper_fields import ask_again
from pages.twice import DONE_ALREADY, SAME_PAGE

MOST_AT_ONCE = 200


class Wanted(models.TextChoices):
    EXISTING = "existing", _("SK yang sudah ada")
    NEW = "new", _("SK baru")


class DecreeForm(DecreeFields, DeedForm):
    """By which decree: one that the portal knows, or a new one. Where both are given, which of them is asked."""

    # Shown where there is something to choose.
    wanted = forms.ChoiceField(
        label=_("SK mana yang dipakai?"), required=False, choices=Wanted.choices, widget=forms.HiddenInput
    )
    field_order = ["wanted", "existing", "number", "issued_on", "issuer", "issuer_name", "region"]
    NEEDED = ["number", "issued_on", "issuer", "region"]
    # What only who has a new decree fills in; a region is there from the beginning, a file may be that of a known one.
    TYPED = ["number", "issued_on", "issuer", "issuer_name", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choose = partial(chosen_from, self.desk, self.request, required=False)
        self.fields["existing"] = choose(
            "decree", label=_("SK yang sudah ada"), help_text=_("Pilih di sini, atau isi data SK baru di bawah.")
        )
        self.fields["region"] = choose("seat", label=_("wilayah penerbit"))
        self.order_fields(self.field_order)
        for name in self.TYPED:
            self.fields[name].required = False
        if self.row:
            self.initial = {"existing": self.row.decree_id} | self.initial
        self.initial = {"region": self.user.place and self.user.place.pk} | self.initial

    def clean(self):
        facts = super().clean()
        existing, wanted = facts.get("existing"), facts.get("wanted")
        for refusal in facts["file"].refusals if facts.get("file") else ():
            self.add_error("file", refusal)
        if existing and (wanted == Wanted.EXISTING or not self.has_another_beside(existing)):
            self.take(existing)
        elif existing and not wanted:
            self.ask_which(existing, _("Anda memilih SK yang sudah ada dan juga mengisi SK baru. Pilih salah satu."))
        elif not wanted and (twin := self.twin_of(facts)):
            self.data = self.data.copy()
            self.data["existing"] = str(twin.pk)
            self.ask_which(twin, _("SK dengan nomor dan tanggal ini sudah tercatat. Pilih salah satu."))
        else:
            facts["existing"] = None
            self.require_whole(facts)
        ask_again(self, "file")
        return facts

    def has_another_beside(self, existing):
        """Whether another decree is filled in; a file alone is that of the known one, if it has none yet."""
        return any(self.data.get(name) for name in self.TYPED) or bool(existing.file and "file" in self.files)

    def twin_of(self, facts):
        """A known decree that may be the very one that was typed."""
        if not facts.get("number") or not facts.get("issued_on"):
            return None
        return self.fields["existing"].queryset.alike(facts["number"], facts["issued_on"]).first()

    def ask_which(self, existing, why):
        """Both are given: neither is taken silently, and both stay as they are."""
        typed = self.data.get("number") or _("tanpa nomor")
        known = self.fields["existing"].label_from_instance(existing)
        self.fields["wanted"].widget = forms.RadioSelect(
            choices=[
                (Wanted.EXISTING, _("SK yang sudah ada: %(decree)s") % {"decree": known}),
                (Wanted.NEW, _("SK baru: %(decree)s") % {"decree": typed}),
            ]
        )
        self.add_error("wanted", why)

    def take(self, existing):
        """A decree that is known needs nothing of what was typed, right or wrong, but a file it may lack."""
        for name in [*self.TYPED, *(["file"] if existing.file else [])]:
            self.errors.pop(name, None)
        if existing.is_over_at(existing.region):
            self.add_error("existing", _("Masa berlaku SK ini sudah berakhir. Isi data SK yang baru."))

    def require_whole(self, facts):
        for name in self.NEEDED:
            if name not in self.errors and not facts.get(name):
                self.add_error(name, _("Isi bagian ini, atau pilih SK yang sudah ada."))
        decree = Decree(**{name: facts.get(name) for name in ("issued_on", "starts_on", "ends_on")})
        try:
            decree.clean()
        except forms.ValidationError as refusal:
            self.add_error(None, refusal)
        else:
            if decree.is_over_at(self.user.place):
                self.add_error("ends_on", _("Masa berlaku SK ini sudah berakhir."))

    def decree(self):
        """The one that was chosen, with the file it lacked, or the new one, saved."""
        facts = self.cleaned_data
        if not (decree := facts["existing"]):
            decree = Decree(**{name: facts[name] for name in [*self.NEEDED, "issuer_name", "starts_on", "ends_on"]})
        elif decree.file or not facts.get("file"):
            return decree
        if facts.get("file"):
            decree.keep(facts["file"].content)
        else:
            decree.save()
        return decree

    def arguments(self):
        return {"decree": self.decree()}

    def told(self):
        return self.done % {"name": self.row, "decree": self.row.decree.number}


class InaugurateForm(DecreeForm):
    title, button = _("Kukuhkan KIM"), _("Kukuhkan")
    done = _("%(name)s dikukuhkan dengan SK %(decree)s, dan piagamnya sudah terbit.")
    explanation = _("Dengan SK ini KIM dikukuhkan dan menerima piagam, yang langsung berlaku.")
    verb = "inaugurate"

    @property
    def facts(self):
        return [(_("Perhatikan"), self.row.doubt)] if self.row.doubt else []


class ExtendForm(DecreeForm):
    title, button = _("Perpanjang dengan SK baru"), _("Perpanjang")
    done = _("Masa SK %(name)s diperpanjang dengan SK %(decree)s, dan piagam barunya sudah terbit.")
    explanation = _("SK baru menggantikan SK sekarang, dan piagam baru menggantikan piagam lama.")
    verb = "extend"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["existing"] = None

    @property
    def facts(self):
        decree = self.row.decree
        return [(_("SK sekarang"), decree), (_("Berlaku sampai"), (decree and decree.ends_on) or _("tidak dibatasi"))]

    def clean_existing(self):
        existing = self.cleaned_data["existing"]
        if existing and existing.pk == self.row.decree_id:
            raise forms.ValidationError(_("KIM ini sudah dikukuhkan dengan SK itu. Pilih SK yang baru."))
        return existing


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
        if SAME_PAGE.is_again(request):
            messages.info(request, DONE_ALREADY)
            return None
        carry_out_many(request, form, communities)
        return None
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Kukuhkan dengan satu SK"),
        "communities": communities,
        **sorted_out(communities, request.user),
        "form": form,
        "media": desk.media + form.media,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/communities/inaugurate_many.html", context)


def sorted_out(communities, user):
    """Those that can be inaugurated, those of them whose data nobody confirmed, and the others, each with why not."""
    decided = Community.objects.filter(pk__in=[kim.pk for kim in communities]).decided_by(user)
    decided = set(decided.values_list("pk", flat=True))
    reasons = {kim: why_not(kim, kim.pk in decided) for kim in communities}
    ready = [kim for kim, reason in reasons.items() if not reason]
    return {
        "ready": [kim for kim in ready if not kim.doubt],
        "doubtful": [kim for kim in ready if kim.doubt],
        "others": [(kim, reason) for kim, reason in reasons.items() if reason],
    }


def why_not(community, is_decided):
    if not InaugurateForm.is_open(community):
        return _("statusnya %(status)s") % {"status": community.get_status_display()}
    return "" if is_decided else _("diputuskan petugas kabupaten/kotanya, yang bukan anggotanya")


def carry_out_many(request, form, communities):
    """The decree stays only if somebody was inaugurated by it."""
    done, doubtful = 0, []
    with transaction.atomic():
        decree = form.decree()
        for community in communities:
            try:
                community.inaugurate(by=request.user, decree=decree)
            except StepRefused as refusal:
                name = f"{community.name}, {community.seat.full_name} ({community.get_status_display()})"
                messages.error(request, f"{name}: {refusal}")
            else:
                done += 1
                doubtful += [f"{community.name}, {community.seat.full_name}"] if community.doubt else []
        if not done:
            transaction.set_rollback(True)
    if done:
        told = _("%(number)s KIM dikukuhkan dengan SK %(decree)s.") % {"number": done, "decree": decree.number}
        url = f"{reverse('admin:communities_certificate_changelist')}?{urlencode({'q': decree.number})}"
        messages.success(request, format_html('{} <a href="{}">{}</a>', told, url, _("Lihat dan cetak piagamnya")))
    if doubtful:
        messages.warning(request, _("Datanya belum dikonfirmasi: %(names)s.") % {"names": "; ".join(doubtful)})
