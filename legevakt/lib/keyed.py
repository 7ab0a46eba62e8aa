"""Fingerprints that tell whether two things are the same, and nothing else."""

from django.utils.crypto import salted_hmac


def fingerprint(value: bytes | str, *, purpose: str) -> str:
    """HMAC-SHA256 under a key of this installation, as 64 hexadecimal digits.

    Without the key nobody can find the value by trying every one (a telephone number is one of
    a hundred million). The same value has another fingerprint for another purpose.
    """
    return salted_hmac(f"legevakt {purpose}", value, algorithm="sha256").hexdigest()
