"""The desk of the systems that read and send aspirations by Open311: none until an officer registers one."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedForm, DeedsAdmin
from accounts.duties import WEBHOOKS
from accounts.scoped_admin import CarefulForm
from accounts.webhook_desk import links
from aspirations.models import Open311Client
from aspirations.models.open311 import MOST_PER_REGION

KEY = _("Kunci (api_key) untuk sistem itu, ditampilkan sekali ini saja: %(key)s")


class Open311ClientForm(CarefulForm):
    officer = None

    def clean_region(self):
        region = self.cleaned_data["region"]
        if not self.officer.answers_for(region, WEBHOOKS):
            raise ValidationError(_("Sambungan untuk wilayah ini diurus petugas lain."))
        if Open311Client.objects.filter(region=region).count() >= MOST_PER_REGION:
            sentence = _("Satu wilayah paling banyak punya %(number)s sambungan.")
            raise ValidationError(sentence, params={"number": MOST_PER_REGION})
        return region


class RenewKeyForm(DeedForm):
    title, button, verb = _("Ganti kunci"), _("Ganti"), "renew_key"
    explanation = _("Kunci lama langsung tidak berlaku. Sistem itu baru dapat mengirim lagi dengan kunci baru.")

    @classmethod
    def is_open(cls, row):
        return True

    def carry_out(self):
        self.key = self.row.renew_key(by=self.user)
        return self.row

    def told(self):
        return KEY % {"key": self.key}


class SwitchOffForm(DeedForm):
    title, button, verb = _("Matikan"), _("Matikan"), "switch_off"
    explanation = _("Sistem itu tidak dapat lagi mengirim usulan; yang sudah terkirim tetap ada.")
    done = _("%(name)s dimatikan.")

    @classmethod
    def is_open(cls, row):
        return row.is_on


class SwitchOnForm(DeedForm):
    title, button, verb = _("Hidupkan"), _("Hidupkan"), "switch_on"
    explanation = _("Sistem itu dapat lagi membaca dan mengirim usulan dengan kuncinya.")
    done = _("%(name)s dihidupkan.")

    @classmethod
    def is_open(cls, row):
        return not row.is_on


@admin.register(Open311Client)
class Open311ClientAdmin(DeedsAdmin):
    scope = "region"
    form = Open311ClientForm
    deeds = {"kunci": RenewKeyForm, "matikan": SwitchOffForm, "hidupkan": SwitchOnForm}
    list_display = ["name", "region", "site", "disabled_at"]
    list_select_related = ["region"]
    search_fields = ["name"]
    autocomplete_fields = ["region"]
    fields = ["region", "name", "site"]

    def has_add_permission(self, request, obj=None):
        return any(WEBHOOKS in assignment.duties for assignment in request.user.current_assignments)

    def has_change_permission(self, request, obj=None):
        return bool(obj and obj.decided_by(request.user))

    def get_readonly_fields(self, request, obj=None):
        own = ["region", "disabled_at", "created_by", "deed_links"] if obj else []
        return [*super().get_readonly_fields(request, obj), *own]

    def get_fields(self, request, obj=None):
        return [*self.fields, "disabled_at", "created_by", "deed_links"] if obj else self.fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.officer = request.user
        return form

    def store(self, request, obj, form, change):
        if not change:
            obj.created_by, key = request.user, obj.make_key()
        super().store(request, obj, form, change)
        if not change:
            messages.success(request, KEY % {"key": key})

    @admin.display(description=_("tindakan"))
    def deed_links(self, client):
        return links(self, client, self.deeds)
