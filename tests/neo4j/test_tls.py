"""Encrypted connections: the certificate is verified, and nothing turns that off."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg_builder.errors import DatabaseError
from kg_builder.stores.neo4j.connection import ConnectionSettings, connect
from kg_builder.stores.neo4j.local_server import USERNAME, LocalServer
from kg_builder.stores.neo4j.private_files import write_private

pytestmark = [
    pytest.mark.neo4j,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate by openssl"),
]

CONFIGURATION = {
    "dbms.ssl.policy.bolt.enabled": "true",
    "dbms.ssl.policy.bolt.base_directory": "certificates/bolt",
    "dbms.ssl.policy.bolt.client_auth": "NONE",
    # The server's own start asks in the clear whether it answers.
    "server.bolt.tls_level": "OPTIONAL",
}


def _certificate(folder: Path, names: str) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tests"]
    command += ["-addext", f"subjectAltName={names}", "-keyout", "private.key", "-out", "public.crt"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def encrypted(
    tmp_path_factory: pytest.TempPathFactory, neo4j_version: str
) -> Iterator[tuple[ConnectionSettings, Path]]:
    """A server with a certificate that nobody knows, made out to 127.0.0.1 alone."""
    home = tmp_path_factory.mktemp("tls") / "tls.kg.neo4j"
    folder = home / "certificates" / "bolt"
    folder.mkdir(parents=True)
    _certificate(folder, "IP:127.0.0.1")
    server = LocalServer(home, neo4j_version, configuration=CONFIGURATION)
    # Generated ones may begin so, too, and must not be taken for an option.
    write_private(server.password_file, "-begins-with-a-dash")
    try:
        uri = server.start().uri
        assert uri is not None
        yield ConnectionSettings(uri, USERNAME, server.password(), "neo4j"), folder / "public.crt"
    finally:
        server.stop()


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_nobody_vouches_for_is_refused(encrypted, scheme: str) -> None:
    settings, _ = encrypted
    with pytest.raises(DatabaseError), connect(replace(settings, uri=settings.uri.replace("bolt", scheme))):
        pass


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_is_known_is_taken(
    encrypted, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, certificate = encrypted
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with connect(replace(settings, uri=settings.uri.replace("bolt", scheme))) as driver:
        assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1


def test_a_known_certificate_of_another_name_is_refused(encrypted, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, certificate = encrypted
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    elsewhere = settings.uri.replace("bolt", "bolt+s").replace("127.0.0.1", "localhost")
    with pytest.raises(DatabaseError), connect(replace(settings, uri=elsewhere)):
        pass


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_an_address_that_would_not_verify_is_refused(encrypted, scheme: str) -> None:
    settings, _ = encrypted
    with (
        pytest.raises(DatabaseError, match=r"no certificate is verified.*SSL_CERT_FILE"),
        connect(replace(settings, uri=settings.uri.replace("bolt", scheme))),
    ):
        pass
