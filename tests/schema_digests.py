"""The digest of every file under schemas/, as a program: writes tests/data/schema-digests.json anew."""

import hashlib
import json
from pathlib import Path

SCHEMAS = Path(__file__).parents[1] / "schemas"
DIGESTS = Path(__file__).parent / "data/schema-digests.json"


def digests() -> dict[str, str]:
    """The sha256 of each file by its path below schemas/."""
    return {
        path.relative_to(SCHEMAS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(SCHEMAS.rglob("*.json"))
    }


if __name__ == "__main__":
    DIGESTS.write_text(json.dumps(digests(), indent=2) + "\n", encoding="utf-8")
