"""The one base of every class of the officers' desk: an officer sees, names and changes only the own wilayah tugas.

What Django's admin leaves open when only `get_queryset` is narrowed, and what closes it here:

- a select, an autocomplete or a filter names rows from elsewhere: all three ask the scoped class of the related table;
- a form is sent with a row from elsewhere, or moves a row there: the form refuses it, and the save looks once more;
- deleting cascades: nobody deletes; `/r/` leads to any object: the desk has no such address (accounts/admin_site.py);
- permission by Django's tables of permissions: here it follows from today's assignments alone.
"""

from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

# For what the whole country shares: the kinds of partner, the fields.
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


class ScopedAdmin(Scoped, admin.ModelAdmin):
    show_full_result_count = False
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def get_object(self, request, object_id, from_field=None):
        # What lies elsewhere does not exist: 404, not a message that repeats the key.
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def get_list_filter(self, request):
        return [self.among_own_rows(item) for item in super().get_list_filter(request)]

    def among_own_rows(self, item):
        """A filter by a related row offers only those that own rows refer to."""
        if isinstance(item, str) and get_fields_from_path(self.model, item)[-1].is_relation:
            return item, admin.RelatedOnlyFieldListFilter
        return item

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.require_own(self, request, obj)

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


class ScopedInline(Scoped, admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = False
