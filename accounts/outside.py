"""Asking an address that an officer typed: only outside our own network, and never for long.

The name is looked up at each call, every answer of the look-up must be an address of the whole Internet or of
`WEBHOOK_NETWORKS`, and the connection goes to that very address: a name that answers otherwise a moment later leads
nowhere. A redirect is an answer like any other.
"""

import socket
import ssl
import time
from contextlib import suppress
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

CONNECT_SECONDS, MOST_SECONDS = 5, 15
# Addresses that name another one, inside perhaps: IPv4 by NAT64, by 6to4 and by Teredo. And those that networks had to
# themselves before fc00::/7, which Python calls global.
INSIDE = [ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10")]


class NotReached(Exception):
    """Why nothing was taken there, in a sentence."""


def complaint(url):
    """A sentence on why nothing may ever be sent to this URL, as far as it says by itself; empty for none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return _("Alamat ini tidak dapat dibaca.")
    if parts.scheme != "https" or not host or port == 0:
        return _("Tulis alamat yang diawali https://.")
    if not url.isascii():
        return _("Tulis alamat dengan huruf biasa; nama server dengan huruf lain ditulis dengan xn--.")
    if "@" in parts.netloc or parts.fragment or any(sign.isspace() for sign in url):
        return _("Tulis alamat tanpa nama pengguna, tanda @, #, atau spasi.")
    written = said_in_numbers(host)
    return "" if written is None or is_reachable(written) else inside()


def said_in_numbers(host):
    """The address that a host names without a look-up, also as 127.1, 2130706433 or localhost; None for any other."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return ip_address("127.0.0.1")
    for read in (str, socket.inet_aton):
        with suppress(ValueError, OSError):
            return ip_address(read(name))
    return None


def inside():
    return _("Alamat ini berada di jaringan dalam. Pakai alamat yang terbuka di internet.")


def is_reachable(address):
    """Whether this address is of the whole Internet, or of a network that the operator allowed."""
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address in network for network in settings.WEBHOOK_NETWORKS):
        return True
    is_special = address.is_multicast or address.is_reserved or any(address in network for network in INSIDE)
    return address.is_global and not is_special


def address_of(host, port):
    """Where the name leads now; NotReached where any of its addresses lies inside."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReached(_("Nama server ini tidak ditemukan.")) from None
    addresses = [ip_address(sockaddr[0].partition("%")[0]) for *_family, sockaddr in found]
    if not addresses or not all(map(is_reachable, addresses)):
        raise NotReached(inside())
    return str(addresses[0])


def tls():
    return ssl.create_default_context()


def post(url, body, headers):
    """The status that the server there answers; its words are not read. NotReached where it does not answer."""
    import httpcore  # not by every process

    if why := complaint(url):
        raise NotReached(why)
    network = bounded(time.monotonic() + MOST_SECONDS)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=tls(), network_backend=network) as pool,
            pool.stream("POST", url, headers=headers, content=body) as answer,
        ):
            return answer.status
    except (httpcore.TimeoutException, TimeoutError):
        raise NotReached(_("Server tidak menjawab dalam %(seconds)s detik.") % {"seconds": MOST_SECONDS}) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError):
        raise NotReached(_("Tidak tersambung, atau sertifikat server tidak sah.")) from None


def bounded(end):
    """The network as httpcore asks it: only to addresses that may be reached, and no longer than until `end`."""
    import httpcore

    class Stream(httpcore.NetworkStream):
        def __init__(self, stream):
            self.stream = stream

        def read(self, max_bytes, timeout=None):
            return self.stream.read(max_bytes, left())

        def write(self, buffer, timeout=None):
            self.stream.write(buffer, left())

        def close(self):
            self.stream.close()

        def start_tls(self, ssl_context, server_hostname=None, timeout=None):
            return Stream(self.stream.start_tls(ssl_context, server_hostname, left()))

        def get_extra_info(self, info):
            return self.stream.get_extra_info(info)

    class Network(httpcore.NetworkBackend):
        def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
            address, seconds = address_of(host, port), min(CONNECT_SECONDS, left())
            return Stream(httpcore.SyncBackend().connect_tcp(address, port, seconds, None, socket_options))

    def left():
        seconds = end - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout
        return seconds

    return Network()
