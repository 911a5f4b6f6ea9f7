"""The desk of the systems that read and send aspirations by Open311: none until an officer registers one."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from accounts.connection_desk import ConnectionAdmin, ConnectionForm, SwitchOffForm, SwitchOnForm
from accounts.desk_deeds import DeedForm
from aspirations.models import Open311Client

KEY = _("Kunci (api_key) untuk sistem itu, ditampilkan sekali ini saja: %(key)s")


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


class SwitchSystemOffForm(SwitchOffForm):
    explanation = _("Sistem itu tidak dapat lagi mengirim usulan; yang sudah terkirim tetap ada.")


class SwitchSystemOnForm(SwitchOnForm):
    explanation = _("Sistem itu dapat lagi membaca dan mengirim usulan dengan kuncinya.")


@admin.register(Open311Client)
class Open311ClientAdmin(ConnectionAdmin):
    form = ConnectionForm
    deeds = {"kunci": RenewKeyForm, "matikan": SwitchSystemOffForm, "hidupkan": SwitchSystemOnForm}
    list_display = ["name", "region", "site", "disabled_at"]
    search_fields = ["name"]
    fields = ["region", "name", "site"]

    def store(self, request, obj, form, change):
        key = "" if change else obj.make_key()
        super().store(request, obj, form, change)
        if key:
            messages.success(request, KEY % {"key": key})
