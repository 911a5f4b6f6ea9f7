"""The S3 store as Django's storage: while it does not answer, one request in ten seconds finds out, and no other waits.

Without that each photo somebody looks at would hold a thread of the portal for as long as the store is silent.
"""

import logging
import threading
from time import monotonic

from botocore.exceptions import ConnectionError as NotReached
from botocore.exceptions import EndpointConnectionError, HTTPClientError
from storages.backends.s3 import S3Storage

logger = logging.getLogger(__name__)

PAUSE = 10  # seconds until a store that was away is asked again


class PatientStore(S3Storage):
    """Says at once that the store is away, as an EndpointConnectionError, for PAUSE seconds after it did not answer."""

    def __init__(self, **options):
        super().__init__(**options)
        self._ask_again, self._one_at_a_time = 0.0, threading.Lock()

    @property
    def connection(self):
        connection = super().connection
        events = connection.meta.client.meta.events
        # Once for the connection of each thread, however often it is asked for.
        events.register("before-call.s3", self._ask, unique_id="ask")
        events.register("after-call.s3", self._is_there, unique_id="is-there")
        events.register("after-call-error.s3", self._is_away, unique_id="is-away")
        return connection

    def _ask(self, **_about):
        with self._one_at_a_time:
            now = monotonic()
            if now < self._ask_again:
                raise EndpointConnectionError(endpoint_url=self.endpoint_url)
            if self._ask_again:  # whoever comes first finds out
                self._ask_again = now + PAUSE

    def _is_there(self, **_about):
        self._ask_again = 0.0

    def _is_away(self, exception, **_about):
        if isinstance(exception, (HTTPClientError, NotReached)):
            self._ask_again = monotonic() + PAUSE
            logger.warning("The store of photos and papers is away (%s).", type(exception).__name__)
