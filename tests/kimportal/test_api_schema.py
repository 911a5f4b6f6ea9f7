"""Open data keeps to what its OpenAPI document promises, whatever is asked: invented requests, right and wrong."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kimportal.wsgi import application

pytestmark = pytest.mark.django_db

# Bodies are read as they come.
UNZIPPED = {"Accept-Encoding": "identity"}


@pytest.fixture
def kept_connection():
    """As Django's own test client has it: the connection holds the test's transaction."""
    signals = [request_started, request_finished]
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def there(mekar, make_post, make_aspiration, make_bulletin):
    """A row of each kind that is told by itself: `{path: its key}`."""
    return {
        "/regions/{code}": "64.02",
        "/kim/{slug}": mekar.slug,
        "/posts/{pk}": make_post().pk,
        "/aspirations/{code}": make_aspiration().code,
        "/bulletins/{pk}": make_bulletin(status="sent").pk,
    }


@pytest.fixture
def document(kept_connection, there):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", from_an_address)


def from_an_address(environ, start_response):
    """The portal; whoever asks it through no server comes from nowhere, which the limit refuses."""
    return application(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_document_promises(document, mode, subtests):
    operations = [operation.ok() for operation in document.get_all_operations()]
    # Of a text in the path nothing is wrong by its kind; that it names nothing is asked in the other mode.
    asked = [one for one in operations if one.query or mode is GenerationMode.POSITIVE]

    for operation in asked:
        with subtests.test(operation.label):
            ask(operation, mode)

    assert len(asked) > 5


def test_what_is_there_looks_as_the_document_says(document, there, subtests):
    for operation in (result.ok() for result in document.get_all_operations()):
        with subtests.test(operation.label):
            key = there.get(operation.path.removeprefix("/api/v1"))
            queries = [{}] if key else [{"format": format} for format in ("json", "csv", "geojson")]
            names = [one.name for one in operation.path_parameters]

            answers = [
                operation.Case(path_parameters=dict.fromkeys(names, key), query=query).call_and_validate(
                    headers=UNZIPPED
                )
                for query in queries
            ]

            assert {answer.status_code for answer in answers} == {200}


def ask(operation, mode):
    @settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def asking(case):
        # An invented page key, moment or code is refused, however well it is written.
        case.call_and_validate(headers=UNZIPPED, excluded_checks=[positive_data_acceptance])

    asking()
