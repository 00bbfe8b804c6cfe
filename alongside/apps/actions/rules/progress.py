"""How far telling has come, as numbers that always add up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TellingProgress:
    """Count where the people who spoke stand, each exactly once; anonymous voices are counted apart.

    `told`: opened the page, mail accepted, or told by hand. `channel`: only reached through a channel of
    their group. `waiting`: nobody has told them yet; `queued` of these lie in the digest. `unreachable`:
    mail failed or somebody wrote down that there is no way. `anonymous` counts voices, not people.
    """

    people: int = 0
    told: int = 0
    channel: int = 0
    waiting: int = 0
    unreachable: int = 0
    queued: int = 0
    anonymous: int = 0
    anonymous_reached: int = 0
    channels: int = 0

    @property
    def reached_anybody(self) -> bool:
        """Return whether at least one person was told or one channel is recorded."""
        return self.told > 0 or self.channels > 0

    @property
    def untried(self) -> int:
        """Return for how many people nobody has chosen a way yet."""
        return self.waiting - self.queued

    def __add__(self, other: "TellingProgress") -> "TellingProgress":
        return TellingProgress(
            *(getattr(self, name) + getattr(other, name) for name in TellingProgress.__dataclass_fields__)
        )
