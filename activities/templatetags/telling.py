"""What the pages of an aspiration say of posts, and the page of a post of its aspiration."""

from django import template

from activities import telling
from activities.models import Post

register = template.Library()


@register.simple_tag
def told_of(aspiration):
    """The newest posts that tell what became of it."""
    return Post.objects.published().filter(aspiration=aspiration).newest_first().select_related("community")[:5]


@register.simple_tag
def may_tell(user, aspiration):
    return telling.may_tell(user, aspiration)


@register.simple_tag
def before_and_after(post, photos):
    """Pairs of a photo that came with the aspiration and one of the post; empty where either has none."""
    if not post.aspiration or not post.aspiration.is_public:
        return []
    return list(zip(post.aspiration.photos.filter(is_hidden=False)[:3], photos[:3], strict=False))
