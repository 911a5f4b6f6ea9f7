"""The bulletins of the own region: to write, to send, and to see what became of them."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.desk_deeds import DeedsAdmin
from accounts.exporting import KINDS
from bulletins.admin import funnels, previews, recipients, sheet, writing
from bulletins.admin.deeds import DEEDS
from bulletins.forms import offices_of
from bulletins.models import Bulletin, Question
from bulletins.models.querysets import DRAFT, decided_by
from regions.atlas import FROM_ATLAS

LISTED = 10


@admin.register(Bulletin)
class BulletinAdmin(DeedsAdmin):
    is_record = True
    scope = "issuer"
    deeds = DEEDS
    list_display = ["title", "status", "sent_at", "send_at", "ends_at", "issuer", "is_urgent", "funnel_link"]
    list_filter = ["status", "is_urgent", "sectors"]
    search_fields = ["title", "text"]
    ordering = ["-pk"]

    @admin.display(description=_("capaian"))
    def funnel_link(self, bulletin):
        if not bulletin.is_public:
            return "–"
        url = reverse("admin:bulletins_bulletin_funnel", args=[bulletin.pk])
        # Each says of which it is, also to who hears the page link by link.
        return format_html('<a href="{}" aria-label="{}: {}">{}</a>', url, _("Capaian"), bulletin.title, _("Capaian"))

    def get_urls(self):
        def own(route, view, name, **options):
            return path(f"<int:pk>/{route}", self.by_desk(view, **options), name=f"bulletins_bulletin_{name}")

        return [
            own("tulis/", writing.write_again, "write"),
            own("penerima/", recipients.audience, "audience"),
            own("pratinjau/", previews.show, "preview"),
            own("belum-dibuka/", recipients.unopened, "unopened"),
            own("capaian/", funnels.show, "funnel"),
            *(
                own(f"capaian/{kind}/", partial(funnels.export, kind=kind), f"funnel_{kind}", posts_only=True)
                for kind in KINDS
            ),
            own("lampiran/<int:key>/", sheet.paper, "paper"),
            own("gambar/<str:name>", sheet.picture, "picture"),
            *super().get_urls(),
        ]

    def desk_panel(self, request):
        """Drafts to approve and approved ones to send, and questions to answer; nothing for who has no such duty."""
        if not offices_of(request.user):
            return None
        waiting = Bulletin.objects.waits_for(request.user)
        questions = Question.objects.waits_for(request.user).select_related("community", "bulletin")
        return {
            "template": "admin/bulletins/_work.html",
            "bulletins": waiting.order_by("-updated_at", "-pk")[:LISTED],
            "questions": questions[:LISTED],
        }

    def get_queryset(self, request):
        return super().get_queryset(request).fetch_mode(FROM_ATLAS)

    def rows_for(self, user):
        """A draft is of those who speak for its office alone."""
        return super().rows_for(user) & (~DRAFT | decided_by(user))

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff and bool(offices_of(request.user))

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        return writing.write(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        if row and request.method == "POST":  # each deed has a page of its own
            raise PermissionDenied
        return sheet.show(self, request, row)
