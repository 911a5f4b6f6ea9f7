"""The pages and pictures of posts, for everyone."""

from contextlib import suppress
from functools import cache, partial
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.photo_answers import FOREVER, photo_answer, shown_elsewhere
from activities.calendar import calendar_file
from activities.cards import version_of
from activities.covers import cover_svg
from activities.event_lists import event_list
from activities.filters import PostFilter
from activities.models import Comment, Photo, Post
from activities.models.neighbours import COLUMNS, asking_beside, asking_related, beside, clarifications_of
from activities.sharing import news_article, post_links
from activities.summaries import lede_of
from communities.models import Community
from communities.sheets import sheet_foot
from pages import freshness
from pages.markup import MarkedText, render_markup
from pages.memory import Memory
from pages.paging import AskedPage
from pages.questions import AskedTogether, Asking, asked
from pages.reading import require_safe
from pages.row_urls import pk_or_404
from regions.atlas import FROM_ATLAS
from regions.page_place import set_page_place

SHOWN_COMMENTS = 200
COMMENT_COLUMNS = ["text", "at", "changed_at", "author__name"]
JPEG_END = b"\xff\xd9"
MOST_SOURCES = 10_000

# {key of a post: the topics of its sources, when it was last read}
_sources = Memory(MOST_SOURCES)


@require_safe
@login_not_required
def post_list(request):
    if request.GET.get("q", "").strip():  # posts are found by their words in the search of the portal
        return redirect(f"{reverse('search')}?{request.GET.urlencode()}")
    posts = PostFilter(request.GET, queryset=Post.objects.published())
    freshness.follow(request, posts.topic)
    set_page_place(request, posts.region)
    if posts.is_of_events:
        events = event_list(posts, request.GET)
        return render(request, "activities/post_list.html", {"filter": posts, "events": events, "page": events.page})
    keys = posts.conditions
    told = {"columns": tuple(keys), "topic": posts.topic, "keep": version_of}
    page = AskedPage(Post, request.GET, news, *keys.values(), **told)
    return render(request, "activities/post_list.html", {"filter": posts, "page": page})


def news(*keys, columns):
    return Post.objects.published().filter(**dict(zip(columns, keys, strict=True))).card_rows()


@require_safe
@login_not_required
def post_detail(request, pk_and_slug):
    pk = pk_or_404(pk_and_slug)
    as_of = followed(request, f"post-{pk}", User.NAMES, Community.NAMES)
    post, as_of_sources = read_with_sources(request, int(pk), partial(asked, post_of_page))
    if post is None:
        return taken_down(request, pk)
    if request.path != post.get_absolute_url():
        return redirect(post, permanent=True)
    set_page_place(request, post.place)
    # What is like it comes from the regency, or the province above.
    around = (post.place.regency or post.place.province).code
    freshness.follow(request, around)
    if post.bulletin_id and post.bulletin.is_in_force and post.bulletin.ends_at:
        freshness.keep_until(request, post.bulletin.ends_at)
        as_of += (post.bulletin.is_over,)
    context = {"post": post, "around": around, "as_of": as_of + as_of_sources, **parts_of_page(post)}
    return render(request, "activities/post_detail.html", context)


def followed(request, *topics):
    """Follow these topics; what their news are as of."""
    freshness.follow(request, *topics)
    return freshness.as_of(*topics)


def parts_of_page(post):
    """Asked for and worked out only when the part of the page that shows it is rendered anew."""
    body = MarkedText(post.body)
    rows = AskedTogether(
        photos=Asking(shown_photos, post.pk),
        comments=Asking(shown_comments, post.pk),
        beside=asking_beside(post),
        related=asking_related(post),
    )
    return {
        "photos": SimpleLazyObject(lambda: rows["photos"]),
        "duties": [Post.Duty(duty).label for duty in post.duties],
        "lede": cache(partial(lede_of, post, body)),
        "body_html": lambda: body.html,
        "beside": SimpleLazyObject(lambda: beside(post, rows["beside"])),
        "related": SimpleLazyObject(lambda: rows["related"]),
        "comments": SimpleLazyObject(lambda: rows["comments"]),
        # A hoax, or what was recalled, is not carried further by us.
        "share": None if post.warning else cache(partial(post_links, post)),
        "jsonld": "" if post.warning else partial(news_article, post),
    }


def post_of_page(pk):
    return Post.objects.published().for_page().with_thanks().filter(pk=pk)


def post_of_sheet(pk):
    return Post.objects.published().for_page().filter(pk=pk)


def shown_photos(post):
    return Photo.objects.standing().filter(post=post, is_hidden=False)


def read_with_sources(request, pk, read):
    """The post of `read(pk)`, or None, and what the news of its sources are as of: they are followed before it is read.

    Which they are is remembered; once the post is read it shows whether they still are.
    """
    sources = _sources.get(pk)
    if sources is None:
        sources = [topic for post in asked(sources_of_post, pk) for topic in source_topics(post)]
    as_of = followed(request, *sources)
    post = next(iter(read(pk)), None)
    if post is None:
        return None, as_of
    _sources[pk] = told = list(source_topics(post))
    return (post, as_of) if told == sources else read_with_sources(request, pk, read)


def source_topics(post):
    """Whose news the page of a post tells besides its own: of its KIM and of what it comes from."""
    yield f"kim-{post.community.slug}"
    if post.origin_id:
        yield f"post-{post.origin_id}"
    if post.bulletin_id:
        yield f"bulletin-{post.bulletin_id}"


def sources_of_post(pk):
    posts = Post.objects.published().select_related("community").filter(pk=pk)
    return posts.only("community__slug", "origin", "bulletin")


def shown_comments(post):
    return Comment.objects.filter(post=post).shown().select_related("author").only(*COMMENT_COLUMNS)[:SHOWN_COMMENTS]


@require_safe
@login_not_required
def post_sheet(request, pk):
    """A post to be printed; what is doubted or recalled is read on its own page alone."""
    freshness.follow(request, f"post-{pk}", User.NAMES)
    post, _as_of = read_with_sources(request, pk, post_of_sheet)
    if post is None:
        return taken_down(request, pk)
    if post.warning:
        return redirect(post)
    context = {
        "post": post,
        "source": post.get_absolute_url(),
        "photo": next(iter(post.photos_shown), None),
        "body_html": render_markup(post.body),
        **sheet_foot("activities:detail", post.pk),
    }
    return render(request, "activities/post_sheet.html", context)


def taken_down(request, pk):
    """That its writer took it off the portal, without its words; any other post that is not out does not exist.

    What was marked as a hoax, or recalled, was passed on by then: who has its URL reads the warning on.
    """
    gone = Post.objects.filter(status=Post.Status.TAKEN_DOWN).select_related("community", "bulletin__issuer")
    post = get_object_or_404(gone.fetch_mode(FROM_ATLAS).defer("body", "search"), pk=pk)
    freshness.follow(
        request, f"kim-{post.community.slug}", *([f"bulletin-{post.bulletin_id}"] if post.bulletin_id else [])
    )
    day = post.steps.filter(to=Post.Status.TAKEN_DOWN).values_list("at", flat=True).last()
    context = {
        "post": post,
        "day": day,
        "clarifications": clarifications_of(post).only(*COLUMNS) if post.is_hoax else (),
    }
    return render(request, "activities/post_taken_down.html", context, status=HTTPStatus.GONE)


@require_safe
@login_not_required
def post_calendar(request, pk):
    post = get_object_or_404(Post.objects.published().for_page(), pk=pk, type=Post.Type.AGENDA)
    return HttpResponse(
        calendar_file([post]),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{post.slug}.ics"'},
    )


@require_safe
@login_not_required
@shown_elsewhere
def cover(request, sector, seed):
    response = HttpResponse(cover_svg(sector, seed), content_type="image/svg+xml")
    patch_cache_control(response, **FOREVER)
    return response


@require_safe
@login_not_required
@shown_elsewhere
def share_picture(request, pk, version):
    """Drawn once for each version of a post."""
    post = get_object_or_404(Post.objects.published().for_cards(), pk=pk)
    if not post.og_image_url.endswith(f"-{version}.jpg"):
        return redirect(post.og_image_url)
    folder = f"share/{pk % 1000:03}/{pk}"
    name = f"{folder}/{version}.jpg"
    picture = drawn_before(name)
    if not picture.endswith(JPEG_END):  # none, or half of one: of a process that is at it, or was stopped
        from activities.share_pictures import draw_share_picture  # with Pillow, which few processes need

        picture = draw_share_picture(post.sector.slug, post.title, post.place.full_name, post.community.name)
        forget_former(folder)
        default_storage.save(name, ContentFile(picture))
    response = HttpResponse(picture, content_type="image/jpeg")
    patch_cache_control(response, **FOREVER, s_maxage=0)
    return response


def drawn_before(name):
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return b""


def forget_former(folder):
    """The pictures of what a post said before."""
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")


@require_safe
@login_not_required
@shown_elsewhere
def photo(request, uuid, name):
    """A stored copy of a photo, while its post is published and the photo is not hidden; a small one to save data."""
    photo = get_object_or_404(Photo.objects.shown(), uuid=uuid)
    return photo_answer(request, photo, name)
