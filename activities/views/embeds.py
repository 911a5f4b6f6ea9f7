"""News of a region or a KIM that any site may show in a frame, and the page on which its line of HTML is made."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.csp import CSP, build_policy
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from activities.embed_forms import USUAL_NUMBER, EmbedForm, LookForm
from activities.models import Post
from communities.models import Community
from pages import freshness
from pages.reading import require_safe
from regions.by_url import region_or_404
from regions.models import INDONESIA

# One style sheet, a logo, and links that open elsewhere: nothing else happens in a frame, on whatever site.
FRAMED = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}
# What a frame may do: open our pages in a tab of their own, and nothing else.
FRAME = (
    '<iframe src="{url}" title="{title}" width="100%" height="420" style="border:0" loading="lazy"'
    ' sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
)
BADGE = '<a href="{page}"><img src="{picture}" alt="{alt}" height="20"></a>'
PREVIEWING = settings.SECURE_CSP | {"frame-src": [CSP.SELF]}


def under(policy):
    """A decorator for views with a policy of their own, as a header: a page that is kept is served with it again."""

    def decorator(view):
        @wraps(view)
        def answering(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(policy)
            return response

        return answering

    return decorator


def framed_anywhere(view):
    """A decorator for the pages that other sites may frame; every other page of ours refuses."""
    return login_not_required(require_safe(under(FRAMED)(xframe_options_exempt(view))))


@framed_anywhere
def of_region(request, code):
    region, _is_canonical = region_or_404(code)
    freshness.follow(request, region.code, Community.NAMES)
    return framed(request, region.full_name, region.get_absolute_url(), Post.objects.published().within(region))


@framed_anywhere
def of_community(request, slug):
    freshness.follow(request, f"kim-{slug}")
    community = get_object_or_404(Community.objects.public(), slug=slug)
    if community.merged_into:
        url = reverse("activities:embed_community", args=[community.merged_into.slug])
        return redirect(f"{url}?{request.GET.urlencode()}" if request.GET else url, permanent=True)
    posts = Post.objects.published().filter(community=community)
    status = "" if community.is_standing else community.get_status_display()
    url = community.get_absolute_url()
    logo = community.pictures.filter(kind="logo").first()
    posts = posts if community.is_standing else posts.none()
    return framed(request, community.name, url, posts, status=status, logo=logo)


def framed(request, name, url, posts, **more):
    """What is chosen of it; where a frame of long ago asks for more, it shows what it can and says so."""
    form = LookForm(request.GET)
    look = form.cleaned_data if form.is_valid() else {}
    sector = look.get("bidang")
    posts = posts.filter(sector=sector) if sector else posts
    newest = posts.without_warning().newest_first().for_cards()[: look.get("jumlah") or USUAL_NUMBER]
    refusals = [f"{form[field].label}: {error}" for field, errors in form.errors.items() for error in errors]
    context = {"name": name, "url": url, "posts": newest, "theme": look.get("tema"), "sector": sector}
    context |= {"refusals": refusals, "unheeded": form.unheeded, **more}
    response = render(request, "activities/embed.html", context, status=400 if refusals else 200)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@login_not_required
@under(PREVIEWING)
def embed(request):
    """Choose, see and copy; without a choice the news of the whole country."""
    form = EmbedForm(request.GET)
    freshness.follow(request, INDONESIA)
    context = {"form": form, "refusals": form.errors.get("kim", [])}
    if form.is_valid():
        kim, region = form.cleaned_data["kim"], form.cleaned_data["wilayah"]
        name = kim.name if kim else region.full_name if region else "Indonesia"
        path = framed_path(form, kim, region)
        context |= {"kim": kim, "name": name, "path": path, "frame": frame_line(path, name)}
        if kim:
            del form.fields["wilayah"]  # it is chosen already
            context |= badge_of(kim)
    context["unheeded"] = form.unheeded
    return render(request, "activities/embed_choice.html", context)


def framed_path(form, kim, region):
    look = form.look
    with translation.override(form.cleaned_data["bahasa"] or "id"):
        name, part = ("embed_community", kim.slug) if kim else ("embed_region", region.code if region else INDONESIA)
        path = reverse(f"activities:{name}", args=[part])
    return f"{path}?{urlencode(look)}" if look else path


def frame_line(path, name):
    title = _("Kabar %(name)s") % {"name": name}
    return format_html(FRAME, url=f"{settings.SITE_URL}{path}", title=title)


def badge_of(kim):
    path = reverse("community_files:badge", args=[kim.slug])
    alt = _("Status %(name)s di Portal KIM") % {"name": kim.name}
    page = f"{settings.SITE_URL}{kim.get_absolute_url()}"
    line = format_html(BADGE, page=page, picture=f"{settings.SITE_URL}{path}", alt=alt)
    return {"badge": line, "badge_path": path, "badge_alt": alt}
