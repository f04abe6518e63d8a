"""A certificate of the tests' own, and a mail server that accepts everything."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from tests.mail.receiver import HOST, Receiver, receiving


@dataclass(frozen=True)
class Certificate:
    """What a server shows, and the file by which it is trusted."""

    server: ssl.SSLContext
    ca_file: Path


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for loopback, of an authority that nobody knows."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return Certificate(context, Path(ca_file))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A mail server that accepts everything."""
    with receiving() as receiver:
        yield receiver
