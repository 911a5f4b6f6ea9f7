"""Each verb of a post in each status: it works where Post.REACHED_FROM says so, and nowhere else."""

import pytest

from activities.models import EDITABLE, OPEN, Post
from communities.models import StepRefused

Status = Post.Status
VERBS = sorted({verb for verbs in Post.REACHED_FROM.values() for verb in verbs})
REFUSING = {"hide", "reject", "return_by_chair", "send_back"}
OF_KIM = {"approve_by_chair", "archive", "return_by_chair", "send_in"}
OF_AUTHOR = {"put_away", "take_down", "withdraw"}


def do(post, verb, *, chair, officer):
    """A verb, by whom it belongs to and with what it asks for."""
    facts = {"reason": "incomplete"} if verb in REFUSING else {}
    if verb not in ("come_out", "pass_chair"):
        facts["by"] = post.author if verb in OF_AUTHOR else chair if verb in OF_KIM else officer
    getattr(post, verb)(**facts)


def led_to(verb, status):
    """The statuses to which the verb leads from there; sending in goes on from its own first step."""
    leads = {to for to, verbs in Post.REACHED_FROM.items() if status in verbs.get(verb, [])}
    return led_to(verb, Status.SUBMITTED) if verb == "send_in" and Status.SUBMITTED in leads else leads


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", list(Status))
def test_a_verb_works_where_the_table_says_so_and_nowhere_else(make_post, siti, joko, made, verb, status):
    post = make_post(status=status, author=joko)
    # From SUBMITTED nobody sends in: it is the middle of sending in, in which nothing else happens.
    leads = set() if (verb, status) == ("send_in", Status.SUBMITTED) else led_to(verb, status)

    if not leads:
        with pytest.raises(StepRefused):
            do(post, verb, chair=siti, officer=made)

        post.refresh_from_db()
        assert post.status == status
        assert not post.steps.exists()
        return

    do(post, verb, chair=siti, officer=made)

    post.refresh_from_db()
    assert post.status in leads
    assert post.steps.last().to == post.status


@pytest.mark.parametrize(
    ("verb", "status"), [("send_in", "draft"), ("approve_by_chair", "chair_review"), ("pass_chair", "chair_review")]
)
def test_a_trusted_kim_goes_on_to_the_public_at_once(mekar, make_post, siti, joko, made, verb, status):
    mekar.is_trusted = True
    mekar.save()
    post = make_post(status=status, author=joko, community=mekar)

    do(post, verb, chair=siti, officer=made)

    assert Post.objects.get(pk=post.pk).is_published


def test_a_kim_whose_chair_reads_first_sends_in_to_the_chair(mekar, make_post, joko):
    mekar.let_chair_read(True)
    post = make_post(status="draft", author=joko, community=mekar)

    post.send_in(by=joko)

    assert [step.to for step in post.steps.all()] == [Status.SUBMITTED, Status.CHAIR_REVIEW]


def test_what_its_writer_may_send_in_is_what_they_may_still_change():
    assert set(Post.REACHED_FROM[Post.Status.SUBMITTED]["send_in"]) == set(OPEN)
    assert set(Post.Status.values) > set(EDITABLE) > set(OPEN)
