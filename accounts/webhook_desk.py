"""The desk of what other systems are told: their addresses, and every message with what became of it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts import outside
from accounts.connection_desk import ConnectionAdmin, ConnectionForm, SwitchOffForm, SwitchOnForm, links
from accounts.desk_deeds import DeedForm, DeedsAdmin
from accounts.keyset_list import KeysetChangeList
from accounts.models import WebhookMessage
from accounts.webhook_events import WebhookEvent

SECRET = _("Rahasia untuk memeriksa tanda tangan, ditampilkan sekali ini saja: %(secret)s")


class WebhookForm(ConnectionForm):
    events = forms.MultipleChoiceField(
        label=capfirst(_("peristiwa")), choices=WebhookEvent.choices, widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self):
        url = self.cleaned_data["url"]
        if why := outside.complaint(url):
            raise ValidationError(why)
        return url


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

    def carry_out(self):
        """On to the message, where its result will be."""
        return self.row.send_test(by=self.user)


class SendFailedAgainForm(DeedForm):
    title, button, verb = _("Kirim lagi yang gagal"), _("Kirim lagi"), "send_failed_again"
    explanation = _("Semua kiriman yang gagal dikirim lagi dengan tanda yang sama, urut menurut terjadinya.")
    done = _("Kiriman yang gagal dikirim lagi mulai dalam satu menit.")

    @classmethod
    def is_open(cls, row):
        return row.is_on and row.messages.failed().exists()


class SwitchWebhookOffForm(SwitchOffForm):
    explanation = _("Tidak ada lagi yang dikirim ke sana, juga yang masih menunggu.")


class SwitchWebhookOnForm(SwitchOnForm):
    explanation = _("Peristiwa sejak sekarang dikirim lagi. Yang gagal dapat dikirim lagi sesudahnya.")


class SendAgainForm(DeedForm):
    title, button, verb = _("Kirim lagi"), _("Kirim lagi"), "send_again"
    explanation = _("Dikirim lagi dengan tanda yang sama, dan dicoba sesering kiriman baru.")
    done = _("Kiriman ini dikirim lagi dalam satu menit.")

    @classmethod
    def is_open(cls, row):
        return row.is_failed and row.webhook.is_on


class WebhookAdmin(ConnectionAdmin):
    form = WebhookForm
    deeds = {
        "percobaan": SendTestForm,
        "ulang": SendFailedAgainForm,
        "rahasia": RenewSecretForm,
        "matikan": SwitchWebhookOffForm,
        "hidupkan": SwitchWebhookOnForm,
    }
    list_display = ["name", "region", "url", "event_names", "disabled_at"]
    search_fields = ["name", "url"]
    fields = ["region", "name", "url", "events"]

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields
        events = "events" if self.has_change_permission(request, obj) else "event_names"
        return ["region", "name", "url", events, "disabled_at", "created_by", "not_taken", "deed_links"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "not_taken"]

    def store(self, request, obj, form, change):
        super().store(request, obj, form, change)
        if not change:
            messages.success(request, SECRET % {"secret": obj.secret})

    @admin.display(description=_("kiriman yang belum sampai"))
    def not_taken(self, webhook):
        """How many wait and how many failed, each with its list."""
        path, states = reverse("admin:accounts_webhookmessage_changelist"), WebhookMessage.State
        told = [
            (f"{path}?webhook__id__exact={webhook.pk}&state__exact={state}", number, state.label)
            for state in (states.WAITING, states.FAILED)
            if (number := webhook.messages.filter(state=state).count())
        ]
        return format_html_join(" · ", '<a href="{}">{} {}</a>', told) or "–"

    @admin.display(description=_("peristiwa"))
    def event_names(self, webhook):
        return ", ".join(str(WebhookEvent.known[word].label) for word in webhook.events if word in WebhookEvent.known)


class WebhookMessageAdmin(DeedsAdmin):
    is_record = True
    scope = "webhook__region"
    deeds = {"lagi": SendAgainForm}
    list_display = ["created_at", "webhook", "event_name", "state", "attempts", "answer", "again"]
    not_exported = ["again"]
    list_filter = ["state", "webhook"]
    list_select_related = ["webhook"]
    fields = ["sign", "webhook", "event_name", "state", "attempts", "answer", "created_at", "due_at", "ended_at"]
    ordering = ["-pk"]
    sortable_by = ()

    def get_changelist(self, request, **kwargs):
        return KeysetChangeList

    @admin.display(description=_("tanda"))
    def sign(self, message):
        """As the other system reads it."""
        return str(message)

    @admin.display(description=_("peristiwa"))
    def event_name(self, message):
        return message.event_name

    @admin.display(description=_("tindakan"))
    def again(self, message):
        return links(self, message, self.deeds)
