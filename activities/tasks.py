"""What is due about posts; `manage.py tick` calls it."""

from django.tasks import task

from activities.chats import receiving
from activities.models import Chat, MostRead, Post, photo_changes
from communities.models import StepRefused
from pages.ticking import HOUR, MINUTE, every


@every(MINUTE)
@task
def pass_chairs():
    """Hand on what waits for a chair who will not read it: its own author, or nobody."""
    for post in Post.objects.without_a_reader().select_related("community", "author", "place")[:100]:
        try:
            post.pass_chair()
        except StepRefused:  # somebody was quicker
            continue


@every(MINUTE)
@task
def publish_scheduled():
    """Let out whatever was written for an hour that is there."""
    for post in Post.objects.due().select_related("community__decree", "author", "place", "bulletin")[:200]:
        try:
            post.come_out()
        except StepRefused:  # withdrawn, or out already
            continue


@task
def answer_chat(pk):
    receiving.work_on(pk)


@every(MINUTE)
@task
def answer_chats():
    """What a lost worker left in chats, or a service that was away, is taken up again."""
    for pk in Chat.objects.with_work(receiving.channels_in_use()).values_list("pk", flat=True)[:100]:
        receiving.work_on(pk)


@every(HOUR)
@task
def forget_abandoned_photos():
    """Let go of photos that were chosen for a change of a published post which nobody sent."""
    photo_changes.forget_abandoned()


@every(HOUR)
@task
def rank_most_read():
    """What was read most in the last week, in the country, the provinces and the regencies."""
    MostRead.objects.renew()


@every(HOUR)
@task
def forget_idle_chats():
    """Let go of chats that nobody goes on with; drafts stay."""
    Chat.objects.forget_idle()
