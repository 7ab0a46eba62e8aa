"""Stands in for manage.py: notes what was asked, and shows its environment."""

import json
import os
import sys
from pathlib import Path

home = Path(os.environ["LEGEVAKT_HOME"])
with (home / "asked.txt").open("a") as asked:
    asked.write(" ".join(sys.argv[1:]) + "\n")

match sys.argv[1:]:
    case ["demo_logins"]:
        sys.stdout.write("leader@example.invalid\n")
    case ["environment"]:
        sys.stdout.write(json.dumps(dict(os.environ)))
    case ["exit", code]:
        sys.exit(int(code))
    case ["stay"]:
        sys.stdout.write("staying\n")
        sys.stdout.flush()
        sys.stdin.read()
