"""Bahan belajar: what an office puts on the shelf for its KIM, and takes off again."""

import secrets

from django import forms
from django.contrib import admin, messages
from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db import models
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.audit import with_reason
from accounts.scoped_admin import CarefulForm
from communities.admin.documents import WithFile
from communities.forms import WebURLField
from communities.models import Material
from communities.paper_fields import PaperField

HTTPS = _("Tulis alamat yang dimulai dengan https://, misalnya https://www.youtube.com/watch?v=...")


class LinkField(WebURLField):
    """A URL that any browser opens safely, and that shows no other host than it leads to."""

    default_error_messages = {"invalid": HTTPS}
    default_validators = [
        URLValidator(schemes=["https"], message=HTTPS),
        *WebURLField.default_validators[1:],
    ]


class MaterialForm(CarefulForm):
    upload = PaperField(label=capfirst(_("berkas PDF")), required=False)
    link = LinkField(
        label=capfirst(_("tautan")),
        required=False,
        help_text=_("Untuk rekaman atau dokumen di situs lain; pembaca membukanya di sana."),
    )

    def clean(self):
        super().clean()
        facts = self.cleaned_data
        has_file = bool(facts.get("upload") or self.instance.file)
        has_link = bool(facts.get("link"))
        if has_file and has_link:
            self.add_error("link", _("Pilih salah satu: berkas atau tautan."))
        elif not has_file and not has_link and not self.errors.keys() & {"upload", "link"}:
            self.add_error("upload", _("Unggah berkasnya, atau tulis tautannya."))
        elif has_file and facts.get("kind") == Material.Kind.RECORDING:
            self.add_error("link", _("Rekaman ditautkan dari situs tempatnya diputar, bukan diunggah."))


@admin.register(Material)
class MaterialAdmin(WithFile):
    scope = "region"
    form = MaterialForm
    list_display = ["title", "kind", "region", "event", "published_at", "withdrawn_at"]
    list_filter = ["kind", "sectors"]
    list_select_related = ["region", "event"]
    search_fields = ["title", "about"]
    ordering = ["-published_at", "-pk"]
    autocomplete_fields = ["region", "event"]
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    fields = ["title", "kind", "about", "upload", "link", "region", "sectors", "event"]
    actions = ["withdraw", "put_back"]

    def get_fields(self, request, obj=None):
        return [*self.fields, "kept_file", "published_at", "withdrawn_at"] if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["kept_file"] if obj else [])]

    @admin.display(description=_("berkas sekarang"))
    def kept_file(self, material):
        if not material.file:
            return "–"
        return format_html('<a href="../berkas/">{}</a>', material.name)

    def view_on_site(self, material):
        return None if material.withdrawn_at else material.get_absolute_url()

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff

    def store(self, request, obj, form, change):
        if not change:
            obj.by = request.user
        if document := form.cleaned_data.get("upload"):
            obj.name, obj.size = document.name, len(document.content)
            obj.file.save(f"{secrets.token_hex(8)}.pdf", ContentFile(document.content), save=False)
        super().store(request, obj, form, change)

    @admin.action(description=_("Tarik dari rak"))
    def withdraw(self, request, materials):
        with with_reason(str(_("Ditarik dari rak."))):
            done = sum(material.withdraw() for material in materials)
        messages.success(request, _("%(number)s bahan ditarik.") % {"number": done})

    @admin.action(description=_("Kembalikan ke rak"))
    def put_back(self, request, materials):
        with with_reason(str(_("Dikembalikan ke rak."))):
            done = sum(material.put_back() for material in materials)
        messages.success(request, _("%(number)s bahan dikembalikan.") % {"number": done})
