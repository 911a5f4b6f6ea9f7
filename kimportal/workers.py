"""How a worker of gunicorn takes connections."""

import time

from gunicorn.workers.gthread import ThreadWorker

# Seconds that it hesitates for each connection it holds, up to so many: enough for another to be quicker, and too short
# to be felt where a proxy opens a connection for each page.
HESITATION, MOST_HELD = 0.00002, 20


class FairWorker(ThreadWorker):
    """Leaves a new connection to a worker that holds fewer.

    The kernel wakes the same worker first each time. Of fifty connections that a proxy keeps open it would hold nearly
    all, while the others have nothing to do.
    """

    def accept(self, listener):
        time.sleep(min(self.nr_conns, MOST_HELD) * HESITATION)
        super().accept(listener)  # which finds nothing where another was quicker
