"""The portal in production, with the yardsticks beside its pages. BARE=1 takes its middleware away."""

from kimportal.settings import *  # noqa: F403
from kimportal.settings import BASE_DIR, MIDDLEWARE, env

ROOT_URLCONF = "bench.yardstick_urls"
STATIC_ROOT = BASE_DIR / ".local" / "bench-static"
# allauth does not start without its own.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"] if env.bool("BARE", False) else MIDDLEWARE
