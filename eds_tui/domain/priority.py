"""Categories, impacts and priorities (guide 2.1, 2.3 and 3; rules 2, 4, 10 and 20)."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Category(StrEnum):
    """What the fault is about (guide 2.1); there is no default."""

    DATA = "data"
    HARDWARE = "hardware"
    NETWORK = "network"
    PASSWORDS = "passwords"
    SOFTWARE = "software"

    @property
    def label(self) -> str:
        """The name that people read."""
        return "Passwords / Logins" if self is Category.PASSWORDS else self.value.capitalize()

    @property
    def short_label(self) -> str:
        """What a narrow column has room for: ``Netw``."""
        return self.value[:4].capitalize()

    @property
    def letter(self) -> str:
        """The key that chooses it: D, H, N, P or S."""
        return self.label[0]


class Impact(IntEnum):
    """How many people the fault touches (guide 2.3); there is no default."""

    ENTERPRISE = 1
    SITE = 2
    MULTIPLE_USERS = 3
    SINGLE_USER = 4

    @property
    def label(self) -> str:
        """The name that people read, without its digit."""
        return _IMPACT_LABELS[self]

    @property
    def explanation(self) -> str:
        """When to choose it, in one short sentence."""
        return _IMPACT_EXPLANATIONS[self]


_IMPACT_LABELS = {
    Impact.ENTERPRISE: "Enterprise",
    Impact.SITE: "Site/Department",
    Impact.MULTIPLE_USERS: "Multiple Users",
    Impact.SINGLE_USER: "Single User",
}
_IMPACT_EXPLANATIONS = {
    Impact.ENTERPRISE: "This school and other schools have it too.",
    Impact.SITE: "The whole school, or one whole department, has it.",
    Impact.MULTIPLE_USERS: "More than one person has it, but not a whole department.",
    Impact.SINGLE_USER: "One person has it.",
}


class Priority(IntEnum):
    """How urgent the service centre holds an incident to be; 0 until it is assessed (rule 10)."""

    NONE = 0
    CRITICAL = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4
    ADVICE = 5

    @property
    def label(self) -> str:
        """Digit and name, as ``5 – Advice and Guidance``."""
        name = "Advice and Guidance" if self is Priority.ADVICE else self.short_label
        return f"{self.value} – {name}"

    @property
    def short_label(self) -> str:
        """The name in one word, without its digit."""
        return self.name.capitalize()


def suggested_priority(impact: Impact) -> Priority:
    """Return the priority that an impact suggests; the triager decides (rule 20)."""
    return Priority(impact.value)
