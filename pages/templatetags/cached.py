"""Parts of pages that stay as they are while other parts change: each process keeps those it rendered last."""

from sys import getsizeof

from django import template
from django.conf import settings
from django.utils.translation import get_language

from pages.memory import Memory
from pages.stamped import Stamped

register = template.Library()

MOST_CONSTANTS, MOST_PARTS = 500_000, 4_000_000  # bytes

_constants = Memory(MOST_CONSTANTS, size=getsizeof)
_parts = Stamped(MOST_PARTS, size=getsizeof)


@register.tag
def constant(parser, token):
    """`{% constant "footer" %}…{% endconstant %}`: what no row says, rendered once a language until the next release.

    The first argument names the part, the others are all that it says but the language.
    """
    _tag, name, *arguments = token.split_contents()
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(nodelist, name, [parser.compile_filter(argument) for argument in arguments])


class ConstantNode(template.Node):
    def __init__(self, nodelist, name, arguments):
        self.nodelist, self.name, self.arguments = nodelist, name, arguments

    def render(self, context):
        key = (self.name, get_language(), *(argument.resolve(context) for argument in self.arguments))
        html = _constants.get(key)
        if html is None or settings.DEBUG:
            html = _constants[key] = self.nodelist.render(context)
        return html


@register.tag
def cached(parser, token):
    """`{% cached "region-aside" region.code %}…{% endcached %}`, cached while the news of the region is what it was.

    The first argument names the part, the second its topic (see `pages.freshness`; "" for what never changes),
    the others are what else it says, but the language. Whatever the part needs is best read inside it: a queryset
    or a property is then asked for only when the part is rendered anew.
    """
    _tag, name, *arguments = token.split_contents()
    if not arguments:
        raise template.TemplateSyntaxError("cached needs a name and a topic")
    nodelist = parser.parse(("endcached",))
    parser.delete_first_token()
    return CachedNode(nodelist, name, [parser.compile_filter(argument) for argument in arguments])


class CachedNode(template.Node):
    def __init__(self, nodelist, name, arguments):
        self.nodelist, self.name, self.arguments = nodelist, name, arguments

    def render(self, context):
        if not settings.CARD_STORE:
            return self.nodelist.render(context)
        topic, *says = (argument.resolve(context) for argument in self.arguments)
        key = (self.name, get_language(), topic, *says)
        return _parts.get(key, topic, lambda: self.nodelist.render(context))
