"""Whether Redis may forget what must not be forgotten: how often somebody tried, and since when a page is as it is."""

from contextlib import suppress

from django.core.cache import caches
from django.core.checks import Tags, Warning, register

from pages.caches import GuardedRedis


@register(Tags.caches, deploy=True)
def check_memory(app_configs=None, **kwargs):
    """Each entry of ours has an end, so that every policy but one may forget it sooner."""
    stamps = caches["stamps"]
    told = {}
    if isinstance(stamps, GuardedRedis):
        # One that is away says so elsewhere; those of clouds do not tell, and are believed.
        with suppress(Exception):
            told = stamps._cache.get_client(None).config_get("maxmemory*")
    policy = told.get("maxmemory-policy", "noeviction")
    if told.get("maxmemory", "0") == "0" or policy == "noeviction":
        return []
    problem = f"The Redis of REDIS_URL may forget limits and changes: its maxmemory-policy is {policy}."
    hint = "Set it to noeviction, and name another Redis for pages in REDIS_PAGES_URL (docs/deploy.md)."
    return [Warning(problem, hint=hint, id="pages.W001")]
