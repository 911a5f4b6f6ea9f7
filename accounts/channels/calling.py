"""Asking the services of chats over HTTP: with an end to it, within bounds, and without a token in any error."""

import time

from accounts.channels.channel import Refused, Unavailable

SECONDS = 10
LONGEST_DOWNLOAD = 30
MOST_ANSWER_BYTES = 2**20


def asked(method, url, **more):
    """`(status, what the JSON says)`; Unavailable where nobody answers, or something else than JSON."""
    import httpx  # not by every process: 6 MB

    try:
        with (
            httpx.Client(timeout=SECONDS, trust_env=False) as client,
            client.stream(method, url, **more) as answer,
        ):
            body = within(answer, MOST_ANSWER_BYTES)
            said = httpx.Response(answer.status_code, content=body).json()
    # Not `from error`: its words hold the URL, and so perhaps a token.
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        raise Unavailable from None
    return answer.status_code, said if isinstance(said, dict) else {}


def fetched(url, most_bytes, **more):
    """The bytes there; one more than `most_bytes` of what is larger. Refused where it is gone."""
    import httpx

    try:
        with httpx.Client(timeout=SECONDS, trust_env=False) as client, client.stream("GET", url, **more) as answer:
            if answer.status_code >= 500:
                raise Unavailable
            if answer.status_code != 200:
                raise Refused
            return within(answer, most_bytes)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        raise Unavailable from None


def within(answer, most_bytes):
    end, body = time.monotonic() + LONGEST_DOWNLOAD, bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > most_bytes:
            break
        if time.monotonic() > end:
            raise Unavailable
    return bytes(body[: most_bytes + 1])


def words_of(message):
    """A message of the outbox as it stands in a chat."""
    return "\n\n".join(filter(None, [message.title, message.text, message.url]))


def cut(text, most):
    """A text that a chat takes, counted as it counts: in UTF-16, where a picture is two letters. A URL stays whole."""
    if length(text) <= most:
        return text
    start, _blank, url = text.rpartition("\n\n")
    end = f"…\n\n{url}" if start and url.startswith("http") else "…"
    kept = (start if len(end) > 1 else text).encode("utf-16-le")[: 2 * (most - length(end))]
    return kept.decode("utf-16-le", "ignore").rstrip() + end


def length(text):
    return len(text.encode("utf-16-le")) // 2
