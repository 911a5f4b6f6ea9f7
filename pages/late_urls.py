"""Addresses that a process loads with the first request or link to one of them, because few pages need their code."""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class LateResolver(URLResolver):
    """The addresses of one namespace, in a module that has `urlpatterns`."""

    def _populate(self):
        """Do nothing: the resolver above asks for it at once, and of a namespace keeps no more than its name."""


def late(route, module, *, namespace):
    return LateResolver(RoutePattern(route), module, app_name=namespace, namespace=namespace)
