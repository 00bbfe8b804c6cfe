"""Put a safe SQLite in place before Django opens one.

SQLite before 3.51.3 can corrupt a database in WAL mode (the WAL-reset race); 3.50.7 and 3.44.6 carry the mend.
"""

import importlib
import sys

SAFE_FROM = (3, 51, 3)
BACKPORTS = {(3, 50): 7, (3, 44): 6}


class UnsafeSqlite(SystemExit):
    """Stop the start with the reason and the remedy."""


def is_safe(version: tuple[int, int, int]) -> bool:
    """Return whether this SQLite version may be used in WAL mode."""
    backport = BACKPORTS.get(version[:2])
    return version >= SAFE_FROM or (backport is not None and version[2] >= backport)


def use_safe_sqlite() -> tuple[int, int, int]:
    """Swap in pysqlite3 where it is installed, and refuse to start on an unsafe version."""
    try:
        module = importlib.import_module("pysqlite3")
    except ImportError:
        module = importlib.import_module("sqlite3")
    else:
        sys.modules["sqlite3"] = module
        sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")
    version: tuple[int, int, int] = module.sqlite_version_info
    if not is_safe(version):
        found = ".".join(str(part) for part in version)
        raise UnsafeSqlite(
            f"SQLite {found} can corrupt a database in WAL mode. Install pysqlite3 (pip install pysqlite3), use a "
            "Python with SQLite 3.51.3 or later, or set ALONGSIDE_DATABASE_URL to a PostgreSQL database."
        )
    return version
