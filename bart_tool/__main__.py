"""`python -m bart_tool` and the `bart` command."""

import sys

from bart_tool.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
