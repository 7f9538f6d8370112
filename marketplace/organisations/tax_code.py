"""The Vietnamese tax code (mã số thuế): one way to write it, and its check digit."""

import re

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def normalised_tax_code(text: str) -> str:
    """The code as "0100233488" or, for a branch, "0314409058-002".

    Raises ValueError unless it has 10 or 13 digits, a right check digit and a branch number from 001.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch("[0-9]{10}([0-9]{3})?", digits) or digits[10:] == "000":
        raise ValueError("not 10 or 13 digits")
    if check_digit(digits[:9]) != digits[9]:
        raise ValueError("wrong check digit")
    return digits[:10] + (f"-{digits[10:]}" if digits[10:] else "")


def check_digit(nine_digits: str) -> str | None:
    """The tenth digit: 10 less the weighted sum modulo 11; None where that is no digit and no code was ever given."""
    left = 10 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, nine_digits, strict=True)) % 11
    return str(left) if left < 10 else None
