"""A module run as on a disk that takes longer to be sure: `slow_disk MILLISECONDS MODULE ARGUMENT…`

What is flushed waits so much longer, and whoever else has something to do goes on meanwhile.
"""

import os
import runpy
import sys
import time


def main(milliseconds: str, module: str, *arguments: str) -> None:
    flush, longer = os.fsync, float(milliseconds) / 1000

    def slowly(descriptor: int) -> None:
        flush(descriptor)
        time.sleep(longer)

    os.fsync = slowly
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
