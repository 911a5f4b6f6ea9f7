"""What classes of this desk have in common: deeds beside the form, rows begun here, inlines of who may write them."""

from accounts.desk_deeds import DeedsAdmin, open_deeds
from accounts.scoped_admin import ScopedInline
from evaluations.admin.rights import evaluates


class EvaluationAdmin(DeedsAdmin):
    """Its change page is told `deeds`, which are open to this officer, while nothing is being sent."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and request.method == "GET":
            deeds = open_deeds(self.deeds, obj, request.user, decides=obj.decided_by(request.user))
            context = {**context, **self.beside(request, obj), "deeds": deeds}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def beside(self, request, row):
        """What else the page is told of the row."""
        return {}


class BegunAdmin(EvaluationAdmin):
    """Rows that whoever evaluates begins here: `user` of their form is the officer, who is `created_by` of the row."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff and evaluates(request.user)

    def store(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().store(request, obj, form, change)


class WrittenInline(ScopedInline):
    """Rows that are written, all or none, by whom `may_write` names; while their row is new, by whoever evaluates."""

    can_delete = True

    def may_write(self, user, row):
        raise NotImplementedError

    def writes(self, request, row):
        return evaluates(request.user) if row is None else self.may_write(request.user, row)

    def has_add_permission(self, request, obj=None):
        return self.writes(request, obj)

    def has_change_permission(self, request, obj=None):
        return self.writes(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.writes(request, obj)
