"""Bringing an old blog along: the chair's deed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from activities import writing
from activities.blogs.files import LEFT_OUT
from activities.blogs.importing import MOST_ENTRIES, STOOD, bring
from activities.import_forms import BlogForm
from communities.models import Community
from pages.limits import limited_sending


@limited_sending("file")
@require_http_methods(["GET", "HEAD", "POST"])
def blog_import(request, slug):
    community = get_object_or_404(Community.objects.readable_by(request.user), slug=slug)
    if not Community.objects.chaired_by(request.user).filter(pk=community.pk).exists():
        raise PermissionDenied
    form = BlogForm(request.POST or None, request.FILES or None)
    context = {"community": community, "form": form, "most_entries": MOST_ENTRIES}
    if request.method == "POST" and writing.unsent(request.user) > writing.MOST_UNSENT - MOST_ENTRIES:
        form.add_error(None, writing.TOO_MANY_UNSENT)
    elif community.may_publish and request.method == "POST" and form.is_valid():
        blog, photos = form.cleaned_data["file"], form.cleaned_data["photos"]
        context["brought"] = brought = bring(blog, community, by=request.user, photos=[photos] if photos else [])
        context["stood"] = [(STOOD[how], number) for how, number in brought.stood.items() if number]
        context["left_out"] = [(LEFT_OUT[reason], number) for reason, number in blog.left_out.items() if number]
    return render(request, "activities/blog_import.html", context)
