"""Kontak penting: whom residents turn to, kept by the officers of the place."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.place_filter import PlaceFilter
from accounts.scoped_admin import CarefulForm
from communities.admin.vocabulary import OfRegion
from communities.models import UsefulContact
from communities.telephones import callable_number, whatsapp_number


class UsefulContactForm(CarefulForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "email" in self.fields:  # whoever only reads has no fields
            self.fields["phone"].validators.append(callable_number)
            self.fields["whatsapp"].validators.append(whatsapp_number)
            self.fields["email"].error_messages["invalid"] = _("Tulis surel yang lengkap, misalnya siti@contoh.id.")

    def clean(self):
        super().clean()
        ways = UsefulContact.WAYS
        if not any(self.cleaned_data.get(way) for way in ways) and not self.errors.keys() & set(ways):
            self.add_error("phone", _("Isi paling sedikit satu: telepon, WhatsApp, surel, atau alamat."))


@admin.register(UsefulContact)
class UsefulContactAdmin(OfRegion):
    form = UsefulContactForm
    list_display = ["name", "purpose", "phone", "whatsapp", "region", "is_shown"]
    also_exported = ["position", "updated_at"]
    list_filter = [PlaceFilter, "is_shown"]
    search_fields = ["name", "purpose", "region__name"]
    search_help_text = _("Nama, keperluan, atau nama wilayah")
    ordering = ["region__code", "position", "name", "pk"]
    fieldsets = [
        (None, {"fields": ["region", "name", "purpose"]}),
        (
            _("Cara menghubungi, untuk umum"),
            {
                "fields": ["phone", "whatsapp", "email", "address", "hours"],
                "description": _("Semua orang melihatnya. Tulis nomor kantor atau layanan, bukan nomor pribadi."),
            },
        ),
        (_("Tampilan"), {"fields": ["position", "is_shown"]}),
    ]

    def view_on_site(self, contact):
        return contact.region.get_absolute_url() if contact.is_shown else None
