from functools import partial

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, When
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts import audit_names
from accounts.day_filter import DayFilter
from accounts.desk_deeds import DeedsAdmin
from accounts.duties import Duty
from accounts.edition_desk import EditionUploadAdmin
from accounts.keyset_list import KeysetChangeList
from accounts.models import AuditEntry, EditionUpload, OfficerAssignment, RetentionTerm, User, Webhook, WebhookMessage
from accounts.place_filter import PlaceFilter
from accounts.scoped_admin import NationalAdmin, ScopedAdmin
from accounts.transferring import DEEDS, TransferForm
from accounts.webhook_desk import WebhookAdmin, WebhookMessageAdmin
from pages.patience import ran_out, within_patience
from pages.spans import InOrder
from regions.filters import UNFINISHED
from regions.models import Region

MOST_LETTERS = 100
# What holds the words comes from the index, not from a walk through the whole trail.
SEARCH_SETTINGS = "SET LOCAL statement_timeout = '{patience}'; SET LOCAL jit = off; SET LOCAL cpu_operator_cost = 0.25"


@admin.register(Region)
class RegionAdmin(ScopedAdmin):
    """Here and not in `regions`, which knows nothing of officers."""

    scope = "pk"
    list_display = ["code", "full_name", "level", "lies_in"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    search_help_text = _("Nama, kode, atau kode pos")
    fields = ["code", "full_name", "level", "lies_in", "lat", "lng", "postal_code", "retired_on"]
    ordering = ["code"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_names()

    def get_search_results(self, request, queryset, search_term):
        """As on the public site: names are found however they are typed, and what is likeliest is offered first."""
        if not search_term:
            return queryset, False
        found = queryset.find(search_term, limit=50)
        rows = queryset.filter(pk__in=[region.pk for region in found])
        if found and request.resolver_match.url_name == "autocomplete":
            likeliest = [When(pk=region.pk, then=place) for place, region in enumerate(found)]
            return rows.order_by(Case(*likeliest, output_field=IntegerField())), False
        if found.is_cut:  # of which an autocomplete says so itself
            messages.warning(request, UNFINISHED)
        return rows, False

    def choice_label(self, region):
        return region.long_name

    @admin.display(description=_("nama"), ordering="name")
    def full_name(self, region):
        return region.full_name

    @admin.display(description=_("bagian dari"))
    def lies_in(self, region):
        return region.parent or "–"


admin.site.register(EditionUpload, EditionUploadAdmin)
admin.site.register(Webhook, WebhookAdmin)
admin.site.register(WebhookMessage, WebhookMessageAdmin)


class AppointmentForm(InOrder, forms.ModelForm):
    """The person is named by e-mail address: a list would tell who has an account."""

    user = forms.EmailField(label=capfirst(_("surel petugas")), help_text=_("Surel akun orang itu di portal ini."))
    duties = forms.MultipleChoiceField(
        label=capfirst(_("tugas")), choices=Duty.choices, widget=forms.CheckboxSelectMultiple
    )

    appointed_by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.appointed_by = self.appointed_by

    def clean_user(self):
        confirmed = {"emailaddress__email__iexact": self.cleaned_data["user"], "emailaddress__verified": True}
        user = User.objects.filter(is_active=True, **confirmed).first()
        if user is None:
            raise ValidationError(_("Orang ini belum dapat ditunjuk. Mintalah ia mendaftar dengan surel itu dahulu."))
        return user


@admin.register(OfficerAssignment)
class OfficerAssignmentAdmin(DeedsAdmin):
    scope = "region"
    deeds = DEEDS
    list_display = ["user", "region", "duty_names", "letter_number", "starts_on", "ends_on", "transfer_link"]
    not_exported = ["transfer_link"]
    list_filter = ["starts_on"]
    list_select_related = ["user", "region"]
    search_fields = ["user__name", "region__name", "letter_number"]
    autocomplete_fields = ["region"]
    fields = ["user", "region", "duties", "letter_number", "starts_on", "ends_on"]
    actions = ["end"]

    def get_queryset(self, request):
        decided = OfficerAssignment.objects.ended_by(request.user).filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_theirs=Exists(decided))

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj:
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, form=AppointmentForm, **kwargs)
        form.appointed_by = request.user
        return form

    def get_fields(self, request, obj=None):
        return (
            ["user", "region", "duty_names", *self.fields[3:], "appointed_by", "transfer_link"] if obj else self.fields
        )

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            obj.greet()

    @admin.display(description=_("tugas"))
    def duty_names(self, assignment):
        return ", ".join(str(Duty.named(duty).label) for duty in assignment.duties)

    @admin.display(description=_("mutasi"))
    def transfer_link(self, assignment):
        if not (assignment.is_theirs and TransferForm.is_open(assignment)):
            return "–"
        address = reverse("admin:accounts_officerassignment_deed", args=[assignment.pk, "mutasi"])
        return format_html('<a href="{}">{}</a>', address, _("Mutasikan"))

    @admin.action(description=_("Akhiri penugasan mulai hari ini"))
    def end(self, request, assignments):
        for assignment in assignments.select_related("region", "user"):
            try:
                assignment.end(by=request.user)
            except PermissionDenied as refusal:
                messages.error(request, f"{assignment}: {refusal}")
            else:
                messages.success(request, _("Penugasan %(name)s berakhir.") % {"name": assignment})


@admin.register(RetentionTerm)
class RetentionTermAdmin(NationalAdmin):
    """A term that the operator sets is no row."""

    needs_reason = True
    list_display = ["what", "days", "bounds", "rule"]
    fields = ["what", "days", "bounds", "rule"]
    readonly_fields = ["what", "bounds", "rule"]
    ordering = ["word"]

    @admin.display(description=_("yang disimpan"), ordering="word")
    def what(self, term):
        return term.kept.label

    @admin.display(description=_("paling sedikit dan paling lama"))
    def bounds(self, term):
        return _("%(least)s–%(most)s hari") % {"least": term.kept.least, "most": term.kept.most}

    @admin.display(description=_("menurut"))
    def rule(self, term):
        return term.kept.rule


class TableFilter(admin.AllValuesFieldListFilter):
    """Tables by the names that people have for them, not as code calls them."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            name = choice["display"]
            table = apps.get_model(name)._meta if isinstance(name, str) and name.count(".") == 1 else None
            yield choice | ({"display": capfirst(table.verbose_name)} if table else {})


@admin.register(AuditEntry)
class AuditEntryAdmin(ScopedAdmin):
    is_record = True
    scope = "region"
    list_display = ["at", "row_name", "deed", "by", "region", "reason"]
    also_exported = ["role"]
    list_filter = [DayFilter, PlaceFilter, "deed", "role", ("model", TableFilter)]
    more_lookups = ["object_id", "sampai"]
    list_select_related = ["by", "region"]
    # What is found is more than these columns say.
    search_fields = ["reason"]
    search_help_text = _("Nama petugas, KIM, atau orang, atau kata dalam alasannya")
    fields = ["at", "row_name", "deed", "by", "role", "by_region", "region", "reason", "changes"]
    ordering = ["-pk"]
    sortable_by = ()

    def rows_for(self, user):
        """Also what was changed about the people whom this officer sees."""
        if user.answers_everywhere:
            return Q()
        people = self.admin_site.get_model_admin(User)
        visible = User.objects.filter(people.rows_for(user)).values("pk")
        return super().rows_for(user) | Q(model=User._meta.label_lower, object_id__in=visible)

    def get_changelist(self, request, **kwargs):
        return NamedEntries

    def get_search_results(self, request, queryset, search_term):
        """By who did it, by the name of what it is about, and by the reason."""
        term = search_term.strip()[:MOST_LETTERS]
        if not term:
            return queryset, False
        people = User.objects.filter(name__icontains=term).order_by("pk").values_list("pk", flat=True)
        wanted = AuditEntry.explained_by(term) | Q(by__in=list(people[: audit_names.MOST_FOUND]))
        for model, keys in audit_names.found(self.admin_site, request, term).items():
            wanted |= Q(model=model._meta.label_lower, object_id__in=keys)
        return queryset.filter(wanted), False

    def get_object(self, request, object_id, from_field=None):
        entry = super().get_object(request, object_id, from_field)
        audit_names.give_names(self.admin_site, request, [entry])
        entry.named_values = audit_names.named_values(self.admin_site, request, entry)
        return entry

    def for_export(self, request, rows):
        return audit_names.in_batches(super().for_export(request, rows), self.admin_site, request)

    @admin.display(description=_("tentang"))
    def row_name(self, entry):
        return entry.name

    @admin.display(description=_("perubahan"))
    def changes(self, entry):
        before, after = entry.before or {}, entry.after or {}
        columns = sorted(before.keys() | after)
        rows = (
            (
                entry.label_of(column) or format_html("<code>{}</code>", column),
                said(entry, column, before.get(column, "")),
                said(entry, column, after.get(column, "")),
            )
            for column in columns
        )
        return format_html(
            "<table><tr><th>{}</th><th>{}</th><th>{}</th></tr>{}</table>",
            _("kolom"),
            _("sebelumnya"),
            _("sesudahnya"),
            format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", rows),
        )


class NamedEntries(KeysetChangeList):
    """A page of the trail, each entry with the name of what it is about; a search is given up like any other."""

    def get_queryset(self, request, **kwargs):
        search = partial(super().get_queryset, request, **kwargs)
        if not self.query:
            return search()
        found = within_patience(search, SEARCH_SETTINGS, otherwise=None)
        return self.root_queryset.none() if found is None else found

    def get_results(self, request):
        search = partial(super().get_results, request)
        if not self.query:
            search()
        elif within_patience(lambda: search() or True, SEARCH_SETTINGS, otherwise=None) is None:
            self.queryset = self.queryset.none()
            search()
        if ran_out():
            messages.warning(request, UNFINISHED)
        audit_names.give_names(self.model_admin.admin_site, request, self.result_list)


def said(entry, column, value):
    """What a column held, in words: the name of the row that it named, where the officer may know it."""
    known = entry.named_values.get(column, {}).get(value) if isinstance(value, int) else None
    return known or entry.value_of(column, value)
