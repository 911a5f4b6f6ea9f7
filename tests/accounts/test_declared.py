"""What each app declares for itself: kinds of notices and duties of officers."""

import copy
import pickle
from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.module_loading import module_has_submodule

from accounts.channels.channel import Channel
from accounts.duties import Duty
from accounts.models import Dispatch, Endpoint, MutedKind, Notice, OfficerAssignment
from accounts.notices import NoticeKind


@pytest.fixture
def known(monkeypatch):
    """A new app that declares a kind of notice and a duty; afterwards it is gone again."""
    for declared in (NoticeKind, Duty):
        monkeypatch.setattr(declared, "known", dict(declared.known))


@pytest.mark.parametrize(("declared", "name"), [(NoticeKind, "notices"), (Duty, "duties")])
def test_every_word_is_declared_by_one_app_in_the_module_of_that_name(declared, name):
    by_app = {app.label: words_of(app, declared, name) for app in apps.get_app_configs()}

    owners = Counter(word for words in by_app.values() for word in words)
    assert set(owners) == set(declared.known)
    assert set(owners.values()) == {1}


def words_of(app, declared, name):
    """What the module of an app holds; nothing where the app has none."""
    if not module_has_submodule(app.module, name):
        return []
    return [value for value in vars(import_module(f"{app.name}.{name}")).values() if isinstance(value, declared)]


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
