import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A line of the audit's table; one that is no gate only tells."""

    name: str
    budget: object
    measured: object
    is_kept: bool
    is_gate: bool = True

    @property
    def is_missed(self):
        return self.is_gate and not self.is_kept

    @property
    def verdict(self):
        return "ok" if self.is_kept else "MISSED" if self.is_gate else "below the goal"


def none_of(name, findings):
    """Return the row of something that must not be found at all."""
    return Row(name, 0, len(findings), not findings)


def left_out(name, tool):
    """Return the row of what has no tool here; it is missed where REQUIRE names that."""
    is_kept = tool not in os.environ.get("REQUIRE", "").split()
    return Row(name, 0, f"left out: no {tool}", is_kept)
