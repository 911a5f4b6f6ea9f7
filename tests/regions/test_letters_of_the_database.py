"""A database that takes quotation marks for letters is told from others before anybody searches in it."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import connections

from regions import letters


def warnings():
    found = run_checks(tags=[Tags.database], include_deployment_checks=True, databases=["default"])
    return [warning.msg for warning in found if warning.id == "regions.W001"]


@pytest.mark.django_db
def test_our_own_database_knows_its_letters():
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        (ctype,) = cursor.fetchone()

    assert bool(warnings()) == (ctype in ("C", "POSIX"))


@pytest.mark.django_db
def test_one_made_with_c_is_refused(monkeypatch):
    monkeypatch.setattr(letters, "WORDS", "SELECT '''bank'':1 ''“mawar”—melati'':2'")  # what it says there

    (sentence,) = warnings()

    assert "LC_CTYPE C" in sentence
