"""Print, as JSON, who writes for which KIM, by their cookies, and posts to comment on; in the portal's environment."""

import json

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

MOST = 100


def cookie_of(user):
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={{token}}"


if __name__ == "__main__":
    django.setup()
    from accounts.models import User
    from accounts.sessions import SessionStore
    from activities.models import Post
    from activities.writing import communities_of
    from communities.models import Sector

    members = User.objects.filter(is_active=True, memberships__isnull=False).distinct()[:MOST]
    kims = {user: next((kim for kim in communities_of(user) if kim.may_publish), None) for user in members}
    people = [{"cookie": cookie_of(user), "kim": kim.slug, "place": kim.seat.code} for user, kim in kims.items() if kim]
    posts = [*Post.objects.published().filter(comments_open=True).values_list("pk", flat=True)[:MOST]]
    print(json.dumps({"people": people, "posts": posts, "sector": Sector.objects.first().pk}))
