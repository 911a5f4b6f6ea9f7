"""The posts of the region: to read, to find, and to decide on many at once."""

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.age_filter import AgeFilter
from accounts.desk_deeds import DeedsAdmin, open_deeds
from accounts.place_filter import PlaceFilter
from accounts.scoped_admin import ScopedAdmin, ScopedInline, WordedFormSet
from activities import types
from activities.admin import bulk, hoax, queue
from activities.admin.deeds import DEEDS
from activities.models import Photo, Post, PostStep, Review, TrustRule
from activities.models.access import handed_on
from activities.models.photo_changes import of_post_or_waiting
from regions.models import Region


class PhotosOfPost(WordedFormSet):
    """Without those that were brought for a change and never sent, or that a change took away."""

    def __init__(self, *args, queryset, instance, **kwargs):
        super().__init__(*args, queryset=of_post_or_waiting(queryset, instance), instance=instance, **kwargs)


class PhotoInline(ScopedInline):
    model = Photo
    formset = PhotosOfPost
    scope = "post__place"
    fields = readonly_fields = ["alt", "caption", "size", "is_hidden"]

    @admin.display(description=_("ukuran"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}"


class PostStepInline(ScopedInline):
    model = PostStep
    scope = "post__place"
    fields = readonly_fields = ["at", "to", "by", "note"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


class ReviewInline(ScopedInline):
    model = Review
    fk_name = "post"
    scope = "post__place"
    fields = readonly_fields = ["at", "decision", "reason", "note", "photo", "by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by", "photo")


class WaitingFilter(admin.SimpleListFilter):
    title = _("yang menunggu petugas")
    parameter_name = "menunggu"

    def lookups(self, request, model_admin):
        return [
            *[("terbit", _("menunggu terbit")), ("perubahan", _("perubahannya menunggu"))],
            *[("laporan", _("dilaporkan")), ("keberatan", _("keputusannya digugat"))],
        ]

    def queryset(self, request, queryset):
        return {
            "terbit": lambda: queryset.filter(status__in=Post.WAITING),
            "perubahan": lambda: queryset.with_waiting_change(),
            "laporan": lambda: queryset.reported(),
            "keberatan": lambda: queryset.contested(),
        }.get(self.value(), queryset.all)()


class PublishedFilter(AgeFilter):
    title, column = _("terbit"), "published_at"


@admin.register(Post)
class PostAdmin(DeedsAdmin):
    """To read and to decide on: the words are the citizens' own."""

    is_record = True
    scope = "place"
    deeds = DEEDS
    list_display = ["title", "status", "type", "community", "place", "author", "published_at"]
    list_filter = [PlaceFilter, WaitingFilter, "status", "type", "sector", PublishedFilter]
    more_lookups = ["published_at"]
    list_select_related = ["community", "author"]
    search_fields = ["title", "community__name"]
    ordering = ["-pk"]
    actions = [
        *[bulk.publish_many, bulk.send_back_many, bulk.reject_many],
        *[bulk.keep_many, bulk.hide_many, bulk.show_again_many],
    ]
    inlines = [PhotoInline, PostStepInline, ReviewInline]
    fields = [
        *["title", "status", "is_hoax", "type", "sector", "community", "author", "place", "published_at"],
        *["summary", "body", "happened_on", "participants", *types.OWN_COLUMNS],
    ]

    def get_urls(self):
        own = [
            path("antrean/", self.by_desk(queue.show), name="activities_post_queue"),
            path("<int:pk>/hoaks/", self.by_desk(hoax.show), name="activities_post_hoax"),
        ]
        return own + super().get_urls()

    def desk_queues(self, request):
        return queue.queues(request.user)

    def rows_for(self, user):
        """What has not left its KIM is its author's and chair's alone."""
        return super().rows_for(user) & handed_on(Post)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        decides = obj.decided_by(request.user)
        context = {**context, "deeds": open_deeds(DEEDS, obj, request.user, decides=decides), "decides": decides}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, post):
        return post.get_absolute_url() if post.is_published else None


@admin.register(TrustRule)
class TrustRuleAdmin(ScopedAdmin):
    """After how many posts a KIM of one's regency is trusted, and with how many refusals it is no longer."""

    scope = "region"
    list_display = ["region", "posts_needed", "refusals_allowed", "days"]
    list_select_related = ["region"]
    autocomplete_fields = ["region"]

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        return rows.filter(level=Region.Level.REGENCY) if db_field.name == "region" else rows

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff
