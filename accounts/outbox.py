"""What waits leaves: each message once, later when its channel is away, in the night only if it is urgent."""

import logging
import time

from django.db import transaction

from accounts.channels.channel import Channel, Gone, Refused, Unavailable
from accounts.models import Dispatch

# Seconds for which a channel sends before the next one has its turn.
TURN = 5

logger = logging.getLogger(__name__)


def send_waiting(seconds=None):
    """Send what waits, by each channel until nothing is left or it does not answer: how many left.

    After so many `seconds` the rest waits for the next call. Channels take turns: one with much to send, whose server
    takes its time, holds up no other.
    """
    end = time.monotonic() + seconds if seconds else None
    sent, busy = 0, Channel.in_use()
    while busy:
        still_busy = []
        for channel in busy:
            until = min(time.monotonic() + TURN, end) if end else None
            sent += send_all_by(channel, until)
            if until and until <= time.monotonic() < end:
                still_busy.append(channel)
        busy = still_busy
    return sent


def send_all_by(channel, end):
    with channel.session():
        return send_by(channel, end)


def send_by(channel, end):
    sent = 0
    while end is None or time.monotonic() < end:
        # The row stays locked until the message was taken: two workers never send the same one.
        with transaction.atomic():
            dispatch = Dispatch.objects.next_by(channel)
            if dispatch is None:
                break
            try:
                sent += leave(channel, dispatch)
            except Unavailable as away:
                logger.warning("%s is unavailable, what is to leave that way waits", channel)
                dispatch.try_later(away.seconds)
                break
    return sent


def leave(channel, dispatch):
    """Send it, or settle what becomes of it instead; whether it left. Unavailable when nothing leaves that way now."""
    endpoint = dispatch.endpoint
    if endpoint is None or dispatch.is_too_old:
        dispatch.give_up()
    elif morning := dispatch.until_morning(endpoint):
        dispatch.wait_until(morning)
    else:
        return sent_to(endpoint, channel, dispatch)
    return False


def sent_to(endpoint, channel, dispatch):
    try:
        channel.send(dispatch.message, endpoint)
    except Unavailable:
        raise
    except Gone:
        endpoint.delete()
        dispatch.give_up()
    except Exception as error:
        # What no channel foresaw, such as an address that no library reads, must not hold up everyone behind it.
        if not isinstance(error, Refused):
            logger.exception("%s: message %s", channel, dispatch.pk)
        dispatch.try_later()
    else:
        dispatch.mark_sent()
        return True
    return False
