"""What KIM ask about bulletins, to be answered."""

from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.desk_navigation import Queue
from accounts.fields import NoteField
from accounts.lifecycle import StepRefused
from accounts.scoped_admin import ScopedAdmin
from bulletins import tasks
from bulletins.models import Question
from pages.twice import DONE_ALREADY, SAME_PAGE
from regions.atlas import FROM_ATLAS

PLACE = 40


class AnswerForm(forms.Form):
    answer = NoteField(
        label=_("jawaban"),
        rows=6,
        help_text=_("Terkirim kepada semua penerima informasi ini, dan tampil untuk umum di bawahnya."),
    )


class WaitingFilter(admin.SimpleListFilter):
    title = _("jawaban")
    parameter_name = "jawaban"

    def lookups(self, request, model_admin):
        return [("belum", _("belum dijawab")), ("sudah", _("sudah dijawab"))]

    def queryset(self, request, queryset):
        return {"belum": queryset.waiting, "sudah": queryset.answered}.get(self.value(), queryset.all)()


@admin.register(Question)
class QuestionAdmin(ScopedAdmin):
    is_record = True
    scope = "bulletin__issuer"
    list_display = ["text_begins", "community", "bulletin", "asked_at", "answered_at"]
    list_filter = [WaitingFilter]
    list_select_related = ["community", "bulletin"]
    search_fields = ["text", "bulletin__title", "community__name"]
    ordering = ["-pk"]

    def desk_queues(self, request):
        url = f"{reverse('admin:bulletins_question_changelist')}?jawaban=belum"
        return [Queue("questions", _("Informasi"), url, Question.objects.waits_for(request.user), F("asked_at"), PLACE)]

    @admin.display(description=_("pertanyaan"))
    def text_begins(self, question):
        return str(question)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The question, and its answer or the place to write it."""
        question = self.get_object(request, object_id)
        decides = question.bulletin.decided_by(request.user)
        form, status = AnswerForm(request.POST or None), HTTPStatus.OK
        if request.method == "POST":
            if not decides:
                raise PermissionDenied
            if SAME_PAGE.is_again(request):
                messages.info(request, DONE_ALREADY)
                return redirect(question.bulletin.desk_path)
            if form.is_valid() and answered(question, form, by=request.user):
                messages.success(request, _("Jawaban Anda sedang dikirim kepada semua penerima."))
                return redirect(question.bulletin.desk_path)
            SAME_PAGE.forget(request)
            question.refresh_from_db()
            is_late = form.non_field_errors() or question.answered_at
            status = HTTPStatus.CONFLICT if is_late else HTTPStatus.OK
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Pertanyaan"),
            "question": question,
            "bulletin": question.bulletin,
            "seat": question.community.seat,
            "may_answer": decides and (question.answered_at is None or status == HTTPStatus.CONFLICT),
            "form": form,
        }
        return TemplateResponse(request, "admin/bulletins/question.html", context, status=status)

    def get_queryset(self, request):
        return super().get_queryset(request).fetch_mode(FROM_ATLAS)


def answered(question, form, *, by):
    """Whether the answer was taken; why not stands in the form."""
    try:
        with transaction.atomic():
            question.reply(form.cleaned_data["answer"], by=by)
            message = question.bulletin.follow_ups.get(key=f"answer-{question.pk}")
            tasks.follow_up.enqueue(message.pk)
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
