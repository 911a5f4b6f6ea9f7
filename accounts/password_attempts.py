"""How many passwords may be tried: from one IP, for one account, on one device."""

from accounts import devices
from pages.limits import HOUR, MINUTE, client_ip, empty_slots, give_back, take_slot


def limits(request, email):
    """`[(name, most, seconds)]`: so many wrong passwords in so many seconds.

    An office, or a village behind one mobile network, shares an IP address: there is room for many who mistype at once.
    Strangers are counted by IP address, by that and account together, and many together for the account. A
    device on which its owner signed in before is counted by itself: nobody else's mistakes lock it out.
    """
    email = email.lower()
    if device := devices.known(request, email):
        return [(f"password: device {device} {email}", 5, 5 * MINUTE)]
    ip = client_ip(request)
    return [
        (f"password: IP {ip} {email}", 5, 5 * MINUTE),
        (f"password: IP {ip}", 60, MINUTE),
        (f"password: account {email}", 30, HOUR),
    ]


def begin(request, email):
    """The places that one more attempt takes, for `succeeded`; None where there is no room for it.

    They are taken before the password is looked at, so that many attempts at once are not more than the limit.
    """
    slots = []
    for limit in limits(request, email):
        slot = take_slot(*limit)
        if slot is None:
            # Whoever is refused tried nothing, and takes no slot from the others at the same IP address.
            give_back(slots)
            return None
        slots.append(slot)
    return slots


def succeeded(slots):
    """Give back what a right password took; the wrong ones before it stay counted."""
    give_back(slots)


def forget(request, email):
    """Let the account be tried as if nobody had, from here and in all."""
    for name, most, _seconds in limits(request, email):
        if name.endswith(f" {email.lower()}"):
            empty_slots(name, most)
