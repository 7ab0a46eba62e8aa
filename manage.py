#!/usr/bin/env python
"""Django's command line; `./run manage …` starts the embedded services around it."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legevakt.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
