"""What the lanes start from, made ahead while something else is being checked: `python -m tests.preparing sqlite`."""

import sys
from pathlib import Path

from tests.databases import PostgreSQLTemplate, SQLiteTemplate
from tests.portals import prepared

ROOT = Path(__file__).resolve().parents[1]


def main(kind: str) -> None:
    if kind == "postgresql":
        template = PostgreSQLTemplate(ROOT, "ahead")
        template.prepare()
        template.server.cleanup()
    else:
        SQLiteTemplate(ROOT, "ahead").prepare()
        prepared(ROOT)


if __name__ == "__main__":
    main(sys.argv[1])
