"""The door to the outside: nothing leaves but mail, and that only where a mail server was named.

Python tells this hook of every connection before it is made, whichever library asks. The database driver connects
by itself and is known by its own setting.
"""

import ipaddress
import sys
from dataclasses import dataclass
from typing import Any

NAMES = ("localhost", "", None)


class NothingLeaves(PermissionError):
    """Something in this process tried to reach another machine."""


@dataclass(frozen=True)
class Door:
    """Which one host and port may be reached beside this machine; "" for none."""

    host: str = ""
    port: int = 0

    def check(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raise NothingLeaves where an event reaches for another machine. Called for every audit event."""
        if event == "socket.getaddrinfo":
            if not self._may_ask_for(arguments[0]):
                raise NothingLeaves(
                    f"Alongside asks nobody where {arguments[0]} is: nothing leaves this machine."
                )
        elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            address = arguments[1]
            if isinstance(address, tuple) and not self._may_reach(str(address[0]), address[1]):
                raise NothingLeaves(f"Alongside does not reach {address[0]}: nothing leaves this machine.")

    def _may_ask_for(self, host: Any) -> bool:
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        return name in NAMES or (bool(self.host) and name == self.host) or _is_address(str(name))

    def _may_reach(self, host: str, port: int) -> bool:
        # A name was looked up before, and only the mail server's could be; what is left to compare is the port.
        return _is_here(host) or (bool(self.host) and port == self.port)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return False
    return True


def _is_here(host: str) -> bool:
    return host in NAMES or (_is_address(host) and ipaddress.ip_address(host.split("%")[0]).is_loopback)


def make_door(*, email_backend: str, email_host: str, email_port: int) -> Door:
    """Return the door of an installation: open towards its mail server where it has one."""
    return Door(email_host, email_port) if "smtp" in email_backend.lower() else Door()


def shut_the_door(door: Door) -> None:
    """Watch every connection of this process from now on; this cannot be undone."""
    sys.addaudithook(door.check)
