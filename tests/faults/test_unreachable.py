"""Names that do not resolve and certificates that nobody vouches for: a status, never a way round."""

from __future__ import annotations

import datetime
import ssl
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.sources.public_page import PublicPageSettings
from tests.faults.test_talks_to_nobody_else import Listener
from tests.sources.test_public_page import opened

pytestmark = pytest.mark.browser


def visit(host: str, scheme: str):
    person = Employee("7", "Quilla Ostrander", RosterState.ACTIVE, f"{scheme}://{host}/in/quilla")
    chosen = PublicPageSettings((host,), seconds_between=0, jitter=0, daily_cap=100, visit_seconds=10)
    with opened(chosen) as source:
        return source.fetch(person)


def test_a_name_that_does_not_resolve():
    capture = visit("profiles.nowhere.invalid", "http")
    assert capture.status is CaptureStatus.NOT_ATTEMPTED
    assert "ERR_NAME_NOT_RESOLVED" in capture.trouble
    assert capture.artifacts == ()


def self_signed(folder):
    """A certificate for the loopback address that it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an invented site")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    both = key.private_bytes(serialization.Encoding.PEM, form, plain) + certificate.public_bytes(
        serialization.Encoding.PEM
    )
    path = folder / "both.pem"
    path.write_bytes(both)
    return path


def test_a_certificate_that_nobody_vouches_for_is_not_gone_round(tmp_path):
    with Listener("<html><h1>a page that must not be read</h1></html>") as site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self_signed(tmp_path))
        site.socket = context.wrap_socket(site.socket, server_side=True)
        capture = visit(f"127.0.0.1:{site.server_port}", "https")
        assert site.asked == [], "the page was asked for all the same"
        assert site.met > 0, "nobody even tried"
    assert capture.status is CaptureStatus.NOT_ATTEMPTED
    assert "CERT" in capture.trouble
    assert capture.artifacts == ()
