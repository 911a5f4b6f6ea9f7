from django.tasks import task

from accounts.outbox import send_waiting


@task
def send_notices():
    """Mail what waits; safe at any time, by any number of workers."""
    return send_waiting()
