"""The environment that manage.py, the web server, the worker and the tests get."""

from __future__ import annotations

import os

from .home import Home, secrets_of


def django(home: Home, *, urls: dict[str, str], demo: bool) -> dict[str, str]:
    """What the settings read. What the person has set stays as it is."""
    ours = {
        "SECRET_KEY": secrets_of(home)["secret_key"],
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PYTHONUNBUFFERED": "1",
    }
    if demo:
        ours["DEMO"] = "1"
    else:
        ours |= {"SITE_URL": "http://127.0.0.1", "EMAIL_URL": "memorymail://"}
    theirs = {name: value for name, value in os.environ.items() if value}
    for launcher_only in ("PYTHONPATH", "LEGEVAKT_STARTED"):
        theirs.pop(launcher_only, None)
    return ours | theirs | urls | {"LEGEVAKT_HOME": str(home.path)}
