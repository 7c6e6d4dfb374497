"""The front door: ``python build.py`` builds the default edition; same commands as ``iireport``."""

import sys

from report.cli import main

if __name__ == "__main__":
    main(sys.argv[1:] or ["build"], "python build.py")
