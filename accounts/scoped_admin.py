"""The one base of every class of the officers' desk: an officer sees, names and changes only the own wilayah tugas.

What Django's admin leaves open when only `get_queryset` is narrowed, and what closes it here:

- a select, an autocomplete or a filter names rows from elsewhere: all three ask the scoped class of the related table;
- a form is sent with a row from elsewhere, or moves a row there: the form refuses it, and the save looks once more;
- deleting cascades: nobody deletes; `/r/` leads to any object: the desk has no such URL (accounts/admin_site.py);
- permission by Django's tables of permissions: here it follows from today's assignments alone.
"""

import hashlib
import re
from functools import partial
from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, connection, models
from django.db.models import Q
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import desk_choices, desk_moments, saved_filters
from accounts.audit import with_reason
from accounts.autocomplete import FindMany, FindOne
from accounts.columns import Moment, YesOrNo
from accounts.exporting import KINDS, export, parts_of
from accounts.fields import NameField, SeenCharField
from accounts.typed import is_key, name_in_letters, plain_name, plain_sentence, plain_text
from pages.refusals import PAGE
from pages.said_once import repeated
from pages.spans import InOrder
from pages.twice import SAME_WORDS
from pages.written_over import Compared
from regions.clocks import has_come, of_our_time

SENT_ALREADY = _("Formulir yang sama baru saja dikirim. Periksa hasilnya di daftar ini.")
LOOKUPS = {"", "exact", "id__exact", "isnull", "gte", "lt"}

NUMBERS = (models.PositiveIntegerField, models.PositiveSmallIntegerField)
# Columns that say what somebody or something is called, which no number does.
NAMES = {"name", "issuer_name", "venue"}
# Of a page with rows to fill in, how many may come without a word in them.
MOST_BLANK_ROWS = 20

# For what the whole country shares: the kinds of partner, the sectors.
EVERYWHERE = None


class Scoped:
    """What admin classes and inlines have in common. Read-only, unless a subclass says otherwise."""

    # The path from a row to its region: "seat", "community__seat"; "pk" for a region itself.
    scope = NotImplemented
    view_on_site = False

    def rows_for(self, user):
        """The rows this officer answers for, as a condition."""
        if self.scope is EVERYWHERE or user.answers_everywhere:
            return Q()
        return Q(**{f"{self.scope}__in": user.jurisdiction()})

    def get_queryset(self, request):
        return super().get_queryset(request).filter(self.rows_for(request.user))

    def place_of(self, row):
        """The region that a row lies in, or None."""
        if self.scope in (EVERYWHERE, NotImplemented):
            return None
        for name in self.scope.split("__"):
            row = row if name == "pk" else row and getattr(row, name)
        return row

    def worded(self, request):
        """`{name of a field: the column that says it in words}`, for moments and for what is yes or no."""
        kinds = ((models.DateTimeField, Moment), (models.BooleanField, YesOrNo))
        fields = ((field, column) for field in self.opts.fields for kind, column in kinds if isinstance(field, kind))
        return {field.name: column(self, field, request.user) for field, column in fields}

    def get_readonly_fields(self, request, obj=None):
        worded = self.worded(request)
        names = [*super().get_readonly_fields(request, obj), *(n for n in worded if not worded[n].field.editable)]
        return [worded.get(name, name) for name in names]

    def get_fieldsets(self, request, obj=None):
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        shown, fixed = self.worded(request), self.get_readonly_fields(request, obj)
        if may_write:
            shown = {name: column for name, column in shown.items() if column in fixed}
        sets = super().get_fieldsets(request, obj)
        return [(title, {**facts, "fields": [shown.get(n, n) for n in facts["fields"]]}) for title, facts in sets]

    def get_field_queryset(self, db, db_field, request):
        """What a foreign key or many-to-many field may name: the rows that the desk shows of that table, or none."""
        related = db_field.remote_field.model
        try:
            return self.admin_site.get_model_admin(related).get_queryset(request)
        except NotRegistered:
            return related._default_manager.none()

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CarefulForm(Compared, InOrder, forms.ModelForm):
    """Does not write over what somebody else saved since the form was opened, and asks why a row is changed."""

    reason = SeenCharField(
        label=capfirst(_("alasan perubahan")),
        required=False,
        max_length=300,
        validators=[plain_sentence],
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("Misalnya: alamat pindah menurut surat KIM. Alasan tersimpan dalam jejak perubahan."),
    )

    opened_version = None
    needs_reason = False
    # Whether another page saved since this one was opened.
    is_written_over = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.needs_reason and self.instance.pk and "reason" in self.fields:
            self.fields["reason"].label = _("Alasan perubahan (wajib diisi)")

    @property
    def changed_fields(self):
        """The names of the columns that this form changes."""
        return [name for name in self.changed_data if name != "reason"]

    def clean(self):
        super().clean()
        if self.needs_reason and self.instance.pk and self.changed_fields and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Tulis alasan perubahan ini."))
        self.is_written_over = bool(
            self.opened_version and self.instance.pk and self.opened_version != version_of(self.instance)
        )
        if self.is_written_over:
            raise forms.ValidationError(
                _("Data ini sudah diubah dari halaman lain. Periksa lagi, lalu simpan bila tetap perlu.")
            )

    def compared(self):
        """What is stored alone: not the reason, nor what is only asked."""
        return [(name, field) for name, field in super().compared() if name in self.initial]

    @property
    def version(self):
        """Of the row as this page shows it: it carries it along."""
        if hasattr(self.instance, "updated_at"):  # no form changes it
            return self.instance.updated_at.isoformat()
        return version_of(self.instance)


def version_of(row):
    """What is stored of a row at this moment, in a word: when it was changed, or else all that it holds."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    if hasattr(row, "updated_at"):
        return rows.values_list("updated_at", flat=True).get().isoformat()
    columns = [field.attname for field in row._meta.concrete_fields]
    chosen = [sorted(getattr(row, field.name).values_list("pk", flat=True)) for field in row._meta.many_to_many]
    return hashlib.sha256(repr((rows.values_list(*columns).get(), chosen)).encode()).hexdigest()[:16]


class ScopedAdmin(Scoped, admin.ModelAdmin):
    form = CarefulForm
    show_full_result_count = False
    list_per_page = 50
    # Columns that a URL may ask for beside the filters.
    more_lookups = ()
    show_facets = admin.ShowFacets.NEVER
    # Columns that are of use on the screen alone.
    not_exported = ()
    # Columns that only files have.
    also_exported = ()
    # Before the columns of the levels of a row, if its list may have a sheet for each part of a region: "community__".
    level_columns = None
    # Days on which something happened already.
    past_days = ()
    # Whether nothing is changed without a word why.
    needs_reason = False
    # Whether the trail is searched by the names of its rows.
    is_sought_in_trail = False
    # Whether its rows tell what happened; what officers look after themselves are data.
    is_record = False

    def get_urls(self):
        return [
            path(
                f"ekspor/{kind}/",
                self.by_desk(partial(export, kind=kind), posts_only=True),
                name=f"{self.opts.app_label}_{self.opts.model_name}_export_{kind}",
            )
            for kind in KINDS
        ] + super().get_urls()

    def for_export(self, request, rows):
        """The rows one by one, with what the columns of a file ask of other tables."""
        return rows.iterator(chunk_size=1000)

    def by_desk(self, view, *, posts_only=False):
        """What a URL of the desk's own needs of a function that begins with `(desk, request)`: officers alone."""
        view = partial(view, self)
        return self.admin_site.admin_view(require_POST(view) if posts_only else view)

    def desk_queues(self, request):
        """What of this table waits for the officer: `desk_navigation.Queue`s."""
        return ()

    def desk_panel(self, request):
        """What the first page of the desk shows of this table: a context with its `template`, or nothing."""

    def get_object(self, request, object_id, from_field=None):
        # What lies elsewhere does not exist: 404, not a message that repeats the key.
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup, value, request):
        """The filters of the page alone: Django lets any column of the table be asked, hashes of passwords included."""
        name, _dunder, rest = lookup.partition("__")
        if name == self.date_hierarchy and rest in desk_moments.HIERARCHY:
            return True
        filters = {asked_by(item) for item in self.get_list_filter(request)}
        return name in filters | set(self.more_lookups) and rest in LOOKUPS

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.opened_version = request.POST.get("_version")
        form.needs_reason = self.needs_reason
        return form

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name != "reason"]

    def get_fieldsets(self, request, obj=None):
        """Whoever changes a row says why below all else."""
        sets = super().get_fieldsets(request, obj)
        asks = obj and self.has_change_permission(request, obj)
        return [*sets, (None, {"fields": ["reason"]})] if asks else sets

    def choice_label(self, row):
        """A row among others to choose from: enough to tell it from its namesakes."""
        return str(row)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", FindOne(db_field, self.admin_site))
        return labelled(super().formfield_for_foreignkey(db_field, request, **kwargs), self.admin_site)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", FindMany(db_field, self.admin_site))
        return labelled(super().formfield_for_manytomany(db_field, request, **kwargs), self.admin_site)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if typed := {models.CharField: NameField, models.TextField: SeenCharField}.get(type(db_field)):
            kwargs.setdefault("form_class", typed)
        is_number = isinstance(db_field, NUMBERS) and not db_field.choices
        if is_number:
            kwargs.setdefault("min_value", least_of(db_field))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if is_number:
            # What PostgreSQL holds; nobody need read that number.
            _least, most = connection.ops.integer_field_range(db_field.get_internal_type())
            field.validators.append(MaxValueValidator(most, _("Angka ini terlalu besar.")))
        if isinstance(field, forms.CharField):
            is_text, is_name = isinstance(db_field, models.TextField), db_field.name in NAMES
            field.validators.append(plain_text if is_text else name_in_letters if is_name else plain_name)
        elif isinstance(field, forms.DateField):
            field.validators += [of_our_time, has_come] if db_field.name in self.past_days else [of_our_time]
        return field

    def changelist_view(self, request, extra_context=None):
        if not all(is_key(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest
        if sentences := repeated(request.GET, request.GET):
            return self.said_twice(request, sentences)
        if ERROR_FLAG in request.GET:
            messages.error(request, _("Saringan tadi tidak terbaca, jadi semua ditampilkan."))
        saved = SimpleLazyObject(partial(saved_filters.shown, self, request))
        context = {"saved_filters": saved, "parts": SimpleLazyObject(partial(parts_of, self, request))}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def get_changelist_instance(self, request):
        if not desk_moments.are_readable(self, request.GET):
            raise IncorrectLookupParameters
        listed = super().get_changelist_instance(request)
        if not desk_choices.are_known(listed.filter_specs):
            raise IncorrectLookupParameters
        return listed

    def said_twice(self, request, sentences):
        """What a list was narrowed by twice narrows it by neither, and says so; what was decided from there is not."""
        params = request.GET.copy()
        for name, sentence in sentences.items():
            del params[name]
            messages.error(request, sentence)
        return redirect(f"{request.path}?{params.urlencode()}")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None and SAME_WORDS.is_again(request):
            return self.already_saved(request)
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            return self.already_saved(request)
        if object_id is None and response.status_code == HTTPStatus.OK:
            SAME_WORDS.forget(request)
        return response

    def already_saved(self, request):
        messages.info(request, SENT_ALREADY)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def get_list_display(self, request):
        worded = self.worded(request)
        return [worded.get(name, name) for name in super().get_list_display(request)]

    def get_list_select_related(self, request):
        """Also the place of each row, whose clock its moments are told by."""
        related = super().get_list_select_related(request)
        has_place = self.scope not in (EVERYWHERE, NotImplemented, "pk")
        return [*(related or ()), self.scope] if has_place else related

    def get_list_filter(self, request):
        return [self.among_own_rows(item) for item in super().get_list_filter(request)]

    def among_own_rows(self, item):
        """A filter by a related row offers only those that own rows refer to."""
        if isinstance(item, str) and get_fields_from_path(self.model, item)[-1].is_relation:
            return item, admin.RelatedOnlyFieldListFilter
        return item

    def save_model(self, request, obj, form, change):
        with with_reason(form.cleaned_data.get("reason", "")):
            self.store(request, obj, form, change)
        self.require_own(self, request, obj)

    def store(self, request, obj, form, change):
        """Save the row; where a verb does it, call the verb."""
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        """Not here: the audit trail has it, which keeps no names of people."""

    log_change = log_addition

    def save_related(self, request, form, formsets, change):
        with with_reason(form.cleaned_data.get("reason", "")):
            super().save_related(request, form, formsets, change)

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        inlines = {inline.model: inline for inline in self.get_inline_instances(request, form.instance)}
        for row in [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]:
            self.require_own(inlines[formset.model], request, row)

    @staticmethod
    def require_own(shown_by, request, row):
        """The last look, inside the transaction: whatever a form let through does not stay."""
        if not shown_by.get_queryset(request).filter(pk=row.pk).exists():
            raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id)
        trail = reverse("admin:accounts_auditentry_changelist")
        return redirect(f"{trail}?model__exact={row._meta.label_lower}&object_id__exact={row.pk}")


class NationalAdmin(ScopedAdmin):
    """For those alone who answer for the whole country."""

    scope = EVERYWHERE

    def rows_for(self, user):
        return Q() if user.answers_everywhere else Q(pk__in=[])

    def has_module_permission(self, request):
        return request.user.is_staff and request.user.answers_everywhere

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request)


def labelled(field, site):
    """A field of choices that calls each row as the desk of its table does."""
    if field and site.is_registered(field.queryset.model):
        field.label_from_instance = site.get_model_admin(field.queryset.model).choice_label
    return field


def asked_by(item):
    """The name in a URL that a filter of a list answers to."""
    if isinstance(item, tuple):
        return item[0]
    return item if isinstance(item, str) else item.parameter_name


def least_of(column):
    """The least number that a column takes, which is said at once, and not 0 first."""
    limits = [each.limit_value for each in column.validators if isinstance(each, MinValueValidator)]
    return max([0, *limits])


class WordedFormSet(forms.BaseInlineFormSet):
    """Of two rows that are the same it says what their constraint says, and names no column.

    Where its page did not say how many rows it has, or said something else, the rows themselves tell: none is lost, and
    whoever sent them is asked to look again.
    """

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.is_torn = self.is_bound and not self.counts_its_rows()
        if self.is_torn:
            numbers, known = self.sent_rows()
            self.data = self.data.copy()
            self.data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = max(numbers, default=-1) + 1
            self.data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = known

    def counts_its_rows(self):
        """Whether the page says how many rows it has, and no fewer or many more than were sent."""
        total, known = (self.data.get(f"{self.prefix}-{name}", "") for name in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT))
        if not all(is_key(str(count)) for count in (total, known)):
            return False
        least = max(self.sent_rows()[0], default=-1) + 1
        return least <= int(total) <= least + MOST_BLANK_ROWS and int(known) <= int(total)

    def sent_rows(self):
        """The numbers of the rows that were sent, and how many of them are stored already."""
        row = re.compile(rf"{re.escape(self.prefix)}-(\d{{1,3}})-(.+)", re.ASCII)
        found = [(row.fullmatch(name), text) for name, text in self.data.items()]
        key = self.model._meta.pk.name
        known = {match[1] for match, text in found if match and match[2] == key and text}
        return {int(match[1]) for match, _text in found if match}, len(known)

    def clean(self):
        if self.is_torn:
            raise forms.ValidationError(PAGE)
        super().clean()

    def get_unique_error_message(self, unique_check):
        for constraint in self.model._meta.total_unique_constraints:
            if set(constraint.fields) == set(unique_check):
                return constraint.get_violation_error_message()
        return super().get_unique_error_message(unique_check)

    def add_fields(self, form, index):
        """Each field says what it is: the heading of its column is no label of it."""
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden and field.label:
                field.widget.attrs.setdefault("aria-label", field.label)


class ScopedInline(Scoped, admin.TabularInline):
    formset = WordedFormSet
    extra = 0
    can_delete = False
    show_change_link = False
