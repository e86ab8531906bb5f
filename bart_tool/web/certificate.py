"""Whether the certificate that IT gave can be used: with its key, today, and for this name."""

import contextlib
import ssl
from pathlib import Path

from bart_tool.errors import WrongUse

# As OpenSSL numbers why a certificate is refused: not valid yet, not any more; another name.
_NOT_NOW, _OTHER_NAME = frozenset({9, 10}), frozenset({62, 64})


def must_fit(cert: Path, key: Path | None, host: str) -> None:
    """Try what a phone will do that asks for `host`, without any network.

    Who signed the certificate is not looked at: that is known to the phones alone. Raises WrongUse.
    """
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        ours.load_cert_chain(cert, key, password="")
        theirs = _trusting(cert)
    except ssl.SSLError as error:
        is_pair = "MISMATCH" not in (error.reason or "")
        raise WrongUse("cert-unusable" if is_pair else "cert-other-key") from error
    except OSError as error:
        raise WrongUse("cert-unusable") from error
    try:
        _shake_hands(ours, theirs, host)
    except ssl.SSLCertVerificationError as error:
        if error.verify_code in _NOT_NOW:
            raise WrongUse("cert-not-now") from error
        if error.verify_code in _OTHER_NAME:
            raise WrongUse("cert-other-name", name=host) from error
        raise WrongUse("cert-unusable") from error
    except ssl.SSLError as error:
        raise WrongUse("cert-unusable") from error


def _trusting(cert: Path) -> ssl.SSLContext:
    """A visitor for whom this certificate is signed well."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.hostname_checks_common_name = False  # browsers do not either
    context.load_verify_locations(cert)
    return context


def _shake_hands(ours: ssl.SSLContext, theirs: ssl.SSLContext, host: str) -> None:
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    visitor = theirs.wrap_bio(back, there, server_hostname=host)
    server = ours.wrap_bio(there, back, server_side=True)
    for side in (visitor, server) * 2:
        with contextlib.suppress(ssl.SSLWantReadError):
            side.do_handshake()
