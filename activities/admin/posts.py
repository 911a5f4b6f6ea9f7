from django.contrib import admin
from django.db.models import Q

from accounts.scoped_admin import ScopedAdmin, ScopedInline
from activities.models import Photo, Post, PostStep


class PhotoInline(ScopedInline):
    model = Photo
    scope = "post__place"
    fields = readonly_fields = ["alt", "caption", "width", "height", "is_hidden"]


class PostStepInline(ScopedInline):
    model = PostStep
    scope = "post__place"
    fields = readonly_fields = ["at", "to", "by", "note"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Post)
class PostAdmin(ScopedAdmin):
    """To read and to decide on: the words are the citizens' own."""

    scope = "place"
    list_display = ["title", "status", "type", "community", "author", "published_at"]
    list_filter = ["status", "type", "field"]
    list_select_related = ["community", "author"]
    search_fields = ["title", "community__name"]
    ordering = ["-pk"]
    inlines = [PhotoInline, PostStepInline]
    fields = [
        *["title", "status", "type", "field", "community", "author", "place", "published_at"],
        *["summary", "body", "happened_on", "participants", "starts_at", "ends_at", "venue"],
        *["claim", "verdict", "source_name", "source_url", "product", "public_contact"],
    ]

    def rows_for(self, user):
        """Drafts are their author's and chair's alone."""
        return super().rows_for(user) & ~Q(status=Post.Status.DRAFT)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    def view_on_site(self, post):
        return post.get_absolute_url() if post.is_published else None
