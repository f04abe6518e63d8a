"""How the service centre is reached, as people are told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCentre:
    """Its telephone number and its mailbox."""

    telephone: str
    email: str
