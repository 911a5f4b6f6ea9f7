"""The desk of what other systems are told: their addresses, and every message with what became of it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts import outside
from accounts.desk_deeds import DeedForm, DeedsAdmin
from accounts.duties import WEBHOOKS
from accounts.keyset_list import KeysetChangeList
from accounts.models import Webhook
from accounts.models.webhooks import MOST_PER_REGION
from accounts.scoped_admin import CarefulForm
from accounts.webhook_events import WebhookEvent

SECRET = _("Rahasia untuk memeriksa tanda tangan, ditampilkan sekali ini saja: %(secret)s")


class WebhookForm(CarefulForm):
    events = forms.MultipleChoiceField(
        label=capfirst(_("peristiwa")), choices=WebhookEvent.choices, widget=forms.CheckboxSelectMultiple
    )

    officer = None

    def clean_url(self):
        url = self.cleaned_data["url"]
        if why := outside.complaint(url):
            raise ValidationError(why)
        return url

    def clean_region(self):
        region = self.cleaned_data["region"]
        if not self.officer.answers_for(region, WEBHOOKS):
            raise ValidationError(_("Sambungan untuk wilayah ini diurus petugas lain."))
        if Webhook.objects.filter(region=region).count() >= MOST_PER_REGION:
            sentence = _("Satu wilayah paling banyak punya %(number)s sambungan.")
            raise ValidationError(sentence, params={"number": MOST_PER_REGION})
        return region


class RenewSecretForm(DeedForm):
    title, button, verb = _("Ganti rahasia"), _("Ganti"), "renew_secret"
    explanation = _("Rahasia lama masih berlaku sehari, agar sistem penerima sempat memakai yang baru.")

    @classmethod
    def is_open(cls, row):
        return True

    def told(self):
        return SECRET % {"secret": self.row.secret}


class SendTestForm(DeedForm):
    title, button, verb = _("Kirim percobaan"), _("Kirim percobaan"), "send_test"
    explanation = _("Penerima mendapat satu kiriman percobaan, tanpa data siapa pun.")
    done = _("Kiriman percobaan berangkat dalam satu menit. Hasilnya ada di daftar kiriman.")

    @classmethod
    def is_open(cls, row):
        return row.is_on


class SwitchOffForm(DeedForm):
    title, button, verb = _("Matikan"), _("Matikan"), "switch_off"
    explanation = _("Tidak ada lagi yang dikirim ke sana, juga yang masih menunggu.")
    done = _("%(name)s dimatikan.")

    @classmethod
    def is_open(cls, row):
        return row.is_on


class SwitchOnForm(DeedForm):
    title, button, verb = _("Hidupkan"), _("Hidupkan"), "switch_on"
    explanation = _("Peristiwa sejak sekarang dikirim lagi. Yang terlewat dapat dikirim lagi dari daftar kiriman.")
    done = _("%(name)s dihidupkan.")

    @classmethod
    def is_open(cls, row):
        return not row.is_on


class SendAgainForm(DeedForm):
    title, button, verb = _("Kirim lagi"), _("Kirim lagi"), "send_again"
    explanation = _("Dikirim lagi dengan tanda yang sama, dan dicoba sesering kiriman baru.")
    done = _("%(name)s dikirim lagi dalam satu menit.")

    @classmethod
    def is_open(cls, row):
        return row.is_failed and row.webhook.is_on


def links(desk, row, deeds):
    """The pages of what may be done to the row as it stands."""
    name = f"admin:{desk.opts.app_label}_{desk.opts.model_name}_deed"
    found = [(reverse(name, args=[row.pk, word]), form.title) for word, form in deeds.items() if form.is_open(row)]
    return format_html(" · ".join(['<a href="{}">{}</a>'] * len(found)), *sum(found, ())) if found else "–"


class WebhookAdmin(DeedsAdmin):
    scope = "region"
    form = WebhookForm
    deeds = {
        "percobaan": SendTestForm,
        "rahasia": RenewSecretForm,
        "matikan": SwitchOffForm,
        "hidupkan": SwitchOnForm,
    }
    list_display = ["name", "region", "url", "event_names", "disabled_at"]
    list_select_related = ["region"]
    search_fields = ["name", "url"]
    autocomplete_fields = ["region"]
    fields = ["region", "name", "url", "events"]

    def has_add_permission(self, request, obj=None):
        return any(WEBHOOKS in assignment.duties for assignment in request.user.current_assignments)

    def has_change_permission(self, request, obj=None):
        return bool(obj and obj.decided_by(request.user))

    def get_readonly_fields(self, request, obj=None):
        own = ["region", "disabled_at", "created_by", "deed_links"] if obj else []
        return [*super().get_readonly_fields(request, obj), *own]

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields
        events = "events" if self.has_change_permission(request, obj) else "event_names"
        return ["region", "name", "url", events, "disabled_at", "created_by", "deed_links"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.officer = request.user
        return form

    def store(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().store(request, obj, form, change)
        if not change:
            messages.success(request, SECRET % {"secret": obj.secret})

    @admin.display(description=_("peristiwa"))
    def event_names(self, webhook):
        return ", ".join(str(WebhookEvent.known[word].label) for word in webhook.events if word in WebhookEvent.known)

    @admin.display(description=_("tindakan"))
    def deed_links(self, webhook):
        return links(self, webhook, self.deeds)


class WebhookMessageAdmin(DeedsAdmin):
    is_record = True
    scope = "webhook__region"
    deeds = {"lagi": SendAgainForm}
    list_display = ["created_at", "webhook", "event_name", "state", "attempts", "answer", "again"]
    not_exported = ["again"]
    list_filter = ["state", "webhook"]
    list_select_related = ["webhook"]
    fields = ["identity", "webhook", "event_name", "state", "attempts", "answer", "created_at", "due_at", "ended_at"]
    ordering = ["-pk"]
    sortable_by = ()

    def get_changelist(self, request, **kwargs):
        return KeysetChangeList

    @admin.display(description=_("peristiwa"))
    def event_name(self, message):
        return message.event_name

    @admin.display(description=_("tindakan"))
    def again(self, message):
        return links(self, message, self.deeds)
