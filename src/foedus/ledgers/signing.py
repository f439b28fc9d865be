"""Signatures under ledger entries, by a key of the author's own (Ed25519): an optional extra.

A hash tells that a line was changed; whoever can write the file can compute hashes anew. What only the author's key can
make is a signature. The key stays in a file of the author's; the ledger holds its public half.
"""

from __future__ import annotations

import base64
import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.base.errors import FoedusError, refuse
from foedus.base.files import read_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

INSTALL = "signatures are an extra that is not installed; install it with: pip install 'foedus[sign]'"
_PURPOSE = b"foedus ledger entry "
"""What is signed says what it is for, so that no signature made for something else passes here."""


def can_sign() -> bool:
    """Tell whether signatures can be made and checked here."""
    return importlib.util.find_spec("cryptography") is not None


class Key:
    """An author's own key, kept in a file that nobody else can read.

    Parameters
    ----------
    path
        The file; made, with a new key, where there is none.

    Raises
    ------
    FoedusError
        When the extra is not installed.
    InputError
        When the file holds no such key, or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> key = Key(Path(tempfile.mkdtemp(), "my.key"))
    >>> verified(key.public, "ab" * 32, key.sign("ab" * 32)), verified(key.public, "cd" * 32, key.sign("ab" * 32))
    (True, False)
    """

    def __init__(self, path: Path) -> None:
        if not can_sign():
            raise FoedusError(INSTALL)
        if not path.exists():
            _make(path)
        self._key = _read(path)

    @property
    def public(self) -> str:
        """The public half, as the ledger holds it."""
        return base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, digest: str) -> str:
        """Return the signature under an entry's hash."""
        return base64.b64encode(self._key.sign(_PURPOSE + digest.encode())).decode()


def verified(public: str, digest: str, signature: str) -> bool:
    """Tell whether a signature under an entry's hash was made with the private half of a key.

    Raises
    ------
    FoedusError
        When the extra is not installed.
    """
    if not can_sign():
        raise FoedusError(INSTALL)
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an optional extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - of an extra, and slow to load

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), _PURPOSE + digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def is_key(text: object, length: int = 32) -> bool:
    """Tell whether something is so many bytes in base 64: a public key has 32, a signature 64."""
    try:
        return isinstance(text, str) and len(base64.b64decode(text, validate=True)) == length
    except ValueError:
        return False


def _make(path: Path) -> None:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - of an extra, and slow to load
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - of an extra, and slow to load

    data = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise refuse(str(path), f"cannot be written: {error.strerror or error}") from None


def _read(path: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - of an extra, and slow to load
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - of an extra, and slow to load

    try:
        key = serialization.load_pem_private_key(read_bytes(path, limit=2**16), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise refuse(str(path), "expected a key that 'foedus record --key' made (Ed25519, PEM)")
    return key
