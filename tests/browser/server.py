"""The portal as the browser of a test meets it: Django's own test server, which can be waited for."""

import http.client
import threading
from contextlib import closing

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from pytest_django.live_server_helper import LiveServer

HOST = "localhost"
# No request takes this long; one that does is named instead of waited for for ever.
HANGS = 120


class PatientServer(ThreadedWSGIServer):
    """Counts the conversations it holds, each in a thread of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.talks = {}
        self.changed = threading.Condition()

    def process_request(self, request, client_address):
        with self.changed:
            self.talks[client_address] = "nothing asked yet"
        super().process_request(request, client_address)

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.changed:
                del self.talks[client_address]
                self.changed.notify_all()

    def wait_until_silent(self):
        """Return when whatever was asked is answered, also what still waits to be accepted: ours is asked last."""
        with closing(http.client.HTTPConnection(*self.server_address[:2])) as connection:
            connection.request("GET", "/healthz", headers={"Connection": "close"})
            connection.getresponse().read()
        with self.changed:
            assert self.changed.wait_for(lambda: not self.talks, timeout=HANGS), f"Still talking: {self.talks}"


class PatientLiveServer(LiveServer):
    def __init__(self):
        super().__init__(HOST, start=False)
        self.thread.server_class = PatientServer
        # pytest-django looks for the name of the app, of which ours is another class.
        self.thread.static_handler = StaticFilesHandler
        self.start()

    def wait_until_silent(self):
        self.thread.httpd.wait_until_silent()
