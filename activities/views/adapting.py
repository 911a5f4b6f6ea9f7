"""What another KIM did, taken up by one's own; and for everyone, what became of a post elsewhere."""

import uuid

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.lifecycle import StepRefused
from activities import adapting, writing
from activities.models import Post
from communities.models import Community
from pages import freshness, limits
from pages.paging import KeysetPage
from pages.reading import require_safe


class AdaptForm(forms.Form):
    kim = forms.ChoiceField(label=_("untuk KIM yang mana"), widget=forms.RadioSelect)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        self.communities = {community.slug: community for community in communities}
        self.fields["kim"].choices = [(slug, community.name) for slug, community in self.communities.items()]
        self.initial = {"client_uuid": uuid.uuid4()}
        if len(communities) == 1:
            self.initial["kim"] = communities[0].slug

    @property
    def community(self):
        return self.communities[self.cleaned_data["kim"]]


@require_http_methods(["GET", "HEAD", "POST"])
def adapt(request, pk):
    """Ask for which KIM, then lead to its draft; sent twice, it is one draft."""
    origin = get_object_or_404(Post.objects.published().without_warning().for_page(), pk=pk)
    form = AdaptForm(request.POST or None, communities=adapting.ready_for(request.user, origin))
    context = {
        "origin": origin,
        "form": form,
        "communities": writing.communities_of(request.user),
        "drafts": adapting.drafts_of(request.user, origin).select_related("community")[:10],
    }
    if form.is_valid():
        wanted = (origin, form.community, request.user, form.cleaned_data["client_uuid"])
        if adapting.begun(*wanted) is None and not limits.in_time(request, form, "draft"):
            return limits.asked_to_wait(render(request, "activities/adapt.html", context))
        try:
            return redirect("activities:write_post", uuid=adapting.taken_up(*wanted).client_uuid)
        except StepRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "activities/adapt.html", context)


@require_safe
@login_not_required
def adaptations(request, pk):
    """Where a post was taken up, the newest first."""
    freshness.follow(request, f"post-{pk}")
    origin = get_object_or_404(Post.objects.published().for_page(), pk=pk)
    taken = origin.adaptations.adaptations()
    context = {"origin": origin, "number": taken.count(), "page": KeysetPage(taken.card_rows(), request.GET)}
    return render(request, "activities/adaptations.html", context)


@require_safe
def adapted(request, slug):
    """Which posts of a KIM others took up, for its people."""
    community = get_object_or_404(Community.objects.readable_by(request.user).distinct(), slug=slug)
    taken = Post.objects.adaptations().filter(origin__community=community).for_events()
    page = KeysetPage(taken.select_related("origin").defer("origin__body", "origin__search"), request.GET)
    context = {"community": community, "page": page}
    return render(request, "activities/adapted.html", context)
