"""Browsers that look at one page which renews itself: each asks again every few seconds whether anything is new."""

import asyncio
import statistics
import time
from http import HTTPStatus
from urllib.parse import urlsplit

PATIENCE = 10  # seconds


def poll(url, viewers, seconds, pause):
    """So many viewers for so many seconds; what they saw as `{p50, p95, worst}` in ms and `{asked, unchanged, errors}`.

    Each has a connection of its own, as a browser behind a proxy that keeps it, and shows the ETag it has.
    """
    answers = asyncio.run(all_of(urlsplit(url), viewers, seconds, pause))
    times = [1000 * spent for _status, spent in answers]
    cuts = statistics.quantiles(times, n=20)
    statuses = [status for status, _spent in answers]
    return {
        "asked": len(answers),
        "unchanged": statuses.count(HTTPStatus.NOT_MODIFIED),
        "errors": sum(status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED) for status in statuses),
        "p50": cuts[9], "p95": cuts[18], "worst": max(times),
    }  # fmt: skip


async def all_of(url, viewers, seconds, pause):
    until, answers = time.monotonic() + seconds, []
    # They did not all open the page in the same moment.
    await asyncio.gather(*(view(url, pause * number / viewers, until, pause, answers) for number in range(viewers)))
    return answers


async def view(url, wait, until, pause, answers):
    """One viewer: `answers` gets a status (0 for none) and the seconds until it was there, for each time it asked."""
    line, etag = None, ""
    while time.monotonic() + wait < until:
        await asyncio.sleep(wait)
        began = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                line = line or await asyncio.open_connection(url.hostname, url.port)
                status, etag, stays = await ask(*line, url, etag)
        except (OSError, EOFError, TimeoutError, ValueError):
            status, stays = 0, False
        answers.append((status, time.monotonic() - began))
        if line and not stays:
            line[1].close()
            line = None
        wait = max(0, began + pause - time.monotonic())
    if line:
        line[1].close()


async def ask(reader, writer, url, etag):
    """The status, the ETag of what one has now, and whether the line stays open."""
    confirm = f"If-None-Match: {etag}\r\n" if etag else ""
    writer.write(
        f"GET {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nX-Forwarded-Proto: https\r\n"
        f"Accept-Encoding: gzip\r\n{confirm}\r\n".encode()
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
    await reader.readexactly(int(headers.get("content-length", 0)))
    etag = next((line[6:] for line in head if line.lower().startswith("etag: ")), etag)
    return int(head[0].split()[1]), etag, headers.get("connection") != "close"
