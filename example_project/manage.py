#!/usr/bin/env python3
"""Runs the example newspaper's commands."""

import os
import sys


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gazette.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed here. In the project's root, "
            "`pip install -e .[database-tasks]` installs all that the example needs."
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
