"""What `manage.py tick` does: each app declares its own jobs in its `tasks.py`, and how often each is due.

@every(HOUR)
@task
def end_decrees(): ...
"""

MINUTE, HOUR = 60, 3600

# Each job, and the seconds after which it is due again; 0 for every tick.
JOBS = {}


def every(seconds):
    """Let the tick do this job as often; it is safe at any time, twice, and by several at once."""

    def declare(job):
        JOBS[job] = seconds
        return job

    return declare


at_each_tick = every(0)
