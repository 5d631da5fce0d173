"""What the name of an organ says of its place and powers."""

from __future__ import annotations

import re

from ledger.words.wording import OrganKind

_KINDS: tuple[tuple[OrganKind, re.Pattern[str]], ...] = (
    ("township", re.compile(r"(?:镇|乡|苏木)(?:人民)?政府$|街道(?:办事处)?$|[^城]镇$|乡$")),
    ("office", re.compile(r"政府办公[室厅]$|政府办$")),
    ("government", re.compile(r"(?:省|市|县|区|州|盟|旗)(?:人民)?政府$|[省市县州盟旗区]$")),
)
_NATIONAL = re.compile(r"^(?:国务院|国家|中国|中华|全国)|总局$|^[^省市县区州]{1,8}部$")
_CANNOT = re.compile(r"(?:局|厅|委员会|委|中心|队|院|所|处|站|分局)$")
_COUNTY = re.compile(r"(?:县|(?<!自治)(?<!地)区)(?:(?:人民)?政府(?:办公室|办)?)?$")
"""Counties and districts; not 自治区, which is a province, nor 地区."""


def kind_of(name: str | None) -> OrganKind | None:
    """What kind of organ a name is of; None without a name."""
    if not name:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "department")


def makes_regulations(name: str | None) -> bool | None:
    """Whether an organ may make government rules (规章); None where its name does not settle it.

    《立法法》 gives the power to departments of the State Council, provinces, cities divided into
    districts and autonomous prefectures: not to townships, counties, or departments of a place.
    """
    if not name or _NATIONAL.search(name):
        return None
    kind = kind_of(name)
    if kind == "township":
        return False
    if kind == "department":
        return False if _CANNOT.search(name) and re.search("[省市县区州旗镇乡]", name) else None
    return False if _COUNTY.search(name) else None


def shared(text: str, name: str) -> int:
    """How many letters at the start of a text stand in this order in a name.

    >>> shared("市府办收到", "示例市人民政府办公室")
    3
    """
    length, rest = 0, name
    for letter in text:
        _, found, rest = rest.partition(letter)
        if not found:
            break
        length += 1
    return length


def is_part_of_name(text: str, name: str) -> bool:
    """Whether a text is a name cut short: 区政府办 of 示例市示例区人民政府办公室."""
    return len(text) > 1 and shared(text, name) == len(text)
