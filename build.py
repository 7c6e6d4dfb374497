"""The front door: ``python build.py`` builds the default edition; same commands as ``iireport``."""

from report.cli import main

if __name__ == "__main__":
    main()
