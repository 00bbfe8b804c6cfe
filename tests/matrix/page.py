"""The matrix as a page: who reaches what, address by address."""

from alongside.apps.people.rules import ROLES
from tests.matrix.addresses import Address, list_addresses
from tests.matrix.language import ACCOUNT, ANYBODY, READERS, Row
from tests.matrix.rooms import ROOMS, ROWS

SIGNS = {"opens": "●", "not found": "○", "refused": "✕", "sign in": "⊳"}
SHORT = {
    "engagement_lead": "lead", "certifier": "cert", "finance": "fin", "analyst": "anal", "trial_designer": "trial",
    "owner": "own", "clinician": "clin", "patient_partner": "pat", "partner_user": "part", "safety_officer": "safe",
    "governance_lead": "gov", "auditor": "aud", "administrator": "adm",
}  # fmt: skip
LEGEND = """Every address Alongside answers, who reaches it, and with what. Tests ask each address as each role for
something of their own, something of another's, and something that does not exist; an address without a row fails the
build. Each row gives the three answers in that order.

● opens · ○ is answered as if it did not exist · ✕ is refused · ⊳ leads to signing in

**Own** is what somebody was invited to or made: an engagement a patient partner was invited to, their own saved view,
the news behind their own private link. **Another's** exists, and belongs to somebody or something else. **Nobody's**
does not exist. One rule holds everywhere: who lacks the right is refused before anything is looked up, whatever they
ask for; who has the right but may not see this one thing gets exactly the answer that an id gets which does not
exist. So nobody can find out what there is by trying.

An address that is read and sent has one line for each: reading first.
"""


def access_page(header: str) -> str:
    """Return the matrix by room, with a line for every address and method."""
    addresses = {address.name: address for address in list_addresses()}
    lines = ["# Who reaches what\n", header, LEGEND, *_columns()]
    for room, rows in ROOMS.items():
        lines += [f"\n## {room}\n", f"| address | about | needs | {' | '.join(_letters())} |"]
        lines.append("|---|---|---|" + "---|" * len(READERS))
        for row in rows:
            if row.name in addresses:
                lines += [_line(row, method, addresses[row.name]) for method in row.methods]
    return "\n".join(lines) + "\n"


def count_cells() -> int:
    """Return how many answers the matrix states."""
    return sum(len(row.methods) * len(READERS) * len(row.sides) for row in ROWS)


def _letters() -> list[str]:
    return [SHORT.get(name, name[:5]) for name in READERS]


def _columns() -> list[str]:
    names = [*ROLES.values(), "without an account"]
    words = ", ".join(f"**{short}** {name}" for short, name in zip(_letters(), names, strict=True))
    return [f"The columns: {words}.", "", f"{len(ROWS)} rows, {count_cells():,} answers."]


def _line(row: Row, method: str, address: Address) -> str:
    cells = " | ".join(_cell(row, reader, method) for reader in READERS)
    verb = "sends to" if method == "POST" else "reads"
    words = " ".join(f"{name} = {value}" for name, value in row.values.items())
    route = f"{verb} `{address.route}`" + (f" ({words})" if words else "")
    return f"| {route} | {row.kind.words if row.of else ''} | {_needs(row, method)} | {cells} |"


def _cell(row: Row, reader: str, method: str) -> str:
    return "".join(SIGNS[row.expect(reader, side, method)] for side in row.sides)


def _needs(row: Row, method: str) -> str:
    if row.is_demo:
        return "the demonstration"
    if row.needs == (ANYBODY,):
        return "nothing"
    wanted = [*row.needs, *(row.post_needs if method == "POST" else ())]
    words = [one.replace("_", " ") for one in wanted if one != ACCOUNT]
    if row.any_of:
        words.append(" or ".join(one.replace("_", " ") for one in row.any_of))
    return ", ".join(words) or "an account"
