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
        print("leader@example.invalid")
    case ["environment"]:
        print(json.dumps(dict(os.environ)))
    case ["exit", code]:
        sys.exit(int(code))
    case ["stay"]:
        print("staying", flush=True)
        sys.stdin.read()
