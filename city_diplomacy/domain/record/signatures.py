"""Ed25519 signatures (RFC 8032): made with a private key, checked by anybody with the public one. Keys are hexadecimal."""

from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_private_key() -> str:
	"""Returns 32 random bytes as hexadecimal."""
	return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_key_of(private_key: str) -> str:
	"""Raises ValueError for what is no key."""
	return _private(private_key).public_key().public_bytes_raw().hex()


def sign(private_key: str, text: str) -> str:
	"""Returns the signature of a text in hexadecimal. Raises ValueError for what is no key."""
	return _private(private_key).sign(text.encode()).hex()


def is_signed(public_key: str, text: str, signature: Any) -> bool:
	"""Whether a signature is that of a text; False for what is no key or no signature."""
	try:
		Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
			bytes.fromhex(signature), text.encode()
		)
	except (InvalidSignature, ValueError, TypeError):
		return False
	return True


def _private(key: str) -> Ed25519PrivateKey:
	return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
