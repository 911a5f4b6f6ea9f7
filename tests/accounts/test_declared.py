"""What each app declares for itself: kinds of notices and duties of officers."""

import copy
import pickle

import pytest

from accounts.channels.channel import Channel
from accounts.duties import Duty
from accounts.models import Dispatch, Endpoint, MutedKind, Notice, OfficerAssignment
from accounts.notices import NoticeKind


@pytest.fixture
def known(monkeypatch):
    """A new app that declares a kind of notice and a duty; afterwards it is gone again."""
    for declared in (NoticeKind, Duty):
        monkeypatch.setattr(declared, "known", dict(declared.known))


def test_the_apps_of_today_have_declared_theirs_in_this_order():
    assert {*NoticeKind.known} == {
        *["assignment", "membership", "verification", "decree", "confirmation", "moderation"],
        *["bulletin", "warning", "question", "own_aspiration", "aspiration", "adaptation"],
    }
    assert list(Duty.known) == ["verification", "bulletins", "aspirations", "moderation"]
    assert NoticeKind.optional() == ["decree", "confirmation", "bulletin", "adaptation"]


def test_no_word_is_longer_than_its_column():
    columns = [(NoticeKind, Notice, "kind"), (NoticeKind, MutedKind, "kind")]
    columns += [(Channel, model, "channel") for model in (MutedKind, Endpoint, Dispatch)]
    duties = OfficerAssignment._meta.get_field("duties").base_field

    for declared, model, name in columns:
        assert all(len(word) <= model._meta.get_field(name).max_length for word in declared.known)
    assert all(len(word) <= duties.max_length for word in Duty.known)


def test_a_new_kind_is_told_read_and_switched_off_without_anything_else_being_changed(known, siti):
    kind = NoticeKind("harvest", "kabar panen", is_optional=True)

    Notice.objects.tell([siti], kind, "Panen besok")

    notice = siti.notices.get()
    assert (notice.kind, notice.get_kind_display(), notice.may_be_muted) == ("harvest", "kabar panen", True)
    notice.full_clean(exclude=["key", "text", "path", "read_at"])


def test_a_new_duty_may_be_given_and_is_missed_where_it_says_so(known, made, places):
    above = OfficerAssignment.objects.create(user=made, region=places["64"], letter_number="2", duties=[])
    duty = Duty("harvest", "panen", when_vacant="Sejak %(name)s pergi, panen menjadi tugas Anda.")
    OfficerAssignment.objects.filter(pk=above.pk).update(duties=[duty])

    made.assignments.get(region=places["64.02"]).alarm_if_vacant()

    assert [notice.text for notice in made.notices.all()] == ["Sejak Made pergi, panen menjadi tugas Anda."]


def test_a_declared_word_stays_itself_when_it_is_copied():
    duty = Duty.named("verification")

    assert copy.deepcopy(duty) is duty
    assert pickle.loads(pickle.dumps(duty)) is duty  # noqa: S301


def test_no_choice_of_a_declared_word_stands_in_a_migration():
    for model, name in ((Notice, "kind"), (MutedKind, "kind"), (MutedKind, "channel"), (Dispatch, "channel")):
        choices = model._meta.get_field(name).deconstruct()[3]["choices"]
        assert callable(choices), (model, name)
