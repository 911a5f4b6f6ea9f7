"""The jobs' worker is killed in the middle of bringing a bulletin to hundreds of KIM.

`python -m bench.lost_worker` does the same with 91,000.
"""

from datetime import timedelta

import pytest
from killed import dies

from bench.lost_worker import findings, make_kims
from bulletins import tasks

pytestmark = pytest.mark.django_db(transaction=True)
KIM = 300
# The worker, which dies before such a statement, for the time of this number, reaches the database.
WORK = """
import itertools, os, signal, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from bulletins import sending
sending.BATCH, sending.MOST_REST = 50, 0
word, last, numbers = sys.argv[1], int(sys.argv[2]), itertools.count(1)

def dying(execute, sql, *asked):
    if word in sql and next(numbers) == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, *asked)

with connection.execute_wrapper(dying):
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
"""


def test_what_a_killed_worker_left_is_brought_by_the_next_to_each_once(make_bulletin, places, monkeypatch):
    make_kims(KIM, places["64.02.02.2003"])
    bulletin, brought = make_bulletin(status="sent"), []
    monkeypatch.setattr(tasks, "PATIENCE", timedelta(0))
    tasks.deliver.enqueue(bulletin.pk)

    for word, number in [("accounts_dispatch", 2), ("bulletins_delivery", 3)]:
        assert dies(WORK, word, number)
        brought.append(bulletin.deliveries.count())
        tasks.resume_sending.call()

    assert not dies(WORK, "nothing", 1)
    assert brought == [50, 150]
    assert [(claim, wrong) for claim, looked_at, wrong in findings(bulletin) if wrong or not looked_at] == []
