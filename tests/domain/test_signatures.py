"""Signatures that anybody can check, years later and with another program."""

import pytest

from city_diplomacy.domain.record.signatures import is_signed, new_private_key, public_key_of, sign

# The first test vector of RFC 8032, section 7.1: the signature of an empty text.
PRIVATE = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
SIGNATURE = (
	"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
	"fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)


def test_keys_and_signatures_are_those_of_rfc_8032():
	assert public_key_of(PRIVATE) == PUBLIC
	assert sign(PRIVATE, "") == SIGNATURE
	assert is_signed(PUBLIC, "", SIGNATURE)


def test_a_new_key_signs_what_its_public_key_proves_and_nothing_else():
	key = new_private_key()
	signature = sign(key, "日本")
	assert is_signed(public_key_of(key), "日本", signature)
	assert not is_signed(public_key_of(key), "日本 ", signature)
	assert not is_signed(PUBLIC, "日本", signature)
	assert new_private_key() != key


@pytest.mark.parametrize("signature", [None, "", "x", 7, "00" * 64])
def test_what_is_no_signature_proves_nothing(signature):
	assert not is_signed(PUBLIC, "", signature)
	assert not is_signed("no key", "", SIGNATURE)


def test_what_is_no_key_is_refused():
	with pytest.raises(ValueError, match="hex"):
		sign("no key", "")
