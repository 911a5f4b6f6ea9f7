"""A test that commits leaves the database as it found it."""

import pytest
from beginning import Beginning
from django.db import connection

from accounts.models import AuditEntry, User
from communities.models import PartnerKind, Sector
from evaluations.models import RuleSet
from regions.models import Region

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.owner]
OF_MIGRATIONS = [Sector, PartnerKind, RuleSet, AuditEntry]


@pytest.fixture
def beginning(db):
    return Beginning(connection)


def rows():
    return {model: sorted(model.objects.values_list()) for model in OF_MIGRATIONS}


@pytest.mark.parametrize("may_rest_triggers", [True, False], ids=["superuser", "owner of the tables"])
def test_what_was_written_goes_and_what_migrations_made_is_there_again(beginning, mekar, may_rest_triggers):
    beginning.come_back()
    before = rows()
    assert before[Sector]
    assert before[RuleSet]
    Sector.objects.filter(slug="kesehatan").update(name="Lain")
    PartnerKind.objects.exclude(slug="kim").delete()
    User.objects.create_user("wayan@contoh.id")

    beginning.may_rest_triggers = may_rest_triggers
    beginning.come_back()

    assert rows() == before
    assert not User.objects.exists()
    assert not Region.objects.exists()
