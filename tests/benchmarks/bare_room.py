"""The floor of `bart serve`: handlers that put the same bytes on the disk, and do nothing else.

    python -m tests.benchmarks.bare_room PORT FOLDER FILE

`/whole/N` writes beside, flushes, renames and flushes the folder, as bart does for person N;
`/in-place/N` writes over the file and flushes once, which a kill can tear.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route as Address


def bare(folder: Path, content: bytes) -> Starlette:
    def handler(put: Callable[[str], None]) -> Address:
        async def save(request: Request) -> Response:
            await request.body()
            name = request.path_params["name"]
            await asyncio.get_running_loop().run_in_executor(None, put, name)
            return RedirectResponse("/q/2", 303)

        path = f"/{put.__name__.replace('_', '-')}/{{name}}"
        return Address(path, save, methods=["POST"])

    def written(path: Path) -> None:
        with path.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())

    def in_place(name: str) -> None:
        written(folder / f"bare-{name}")

    def whole(name: str) -> None:
        beside = folder / f"beside-{name}"
        written(beside)
        beside.replace(folder / f"whole-{name}")
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    return Starlette(routes=[handler(in_place), handler(whole)])


def main(port: str, folder: str, file: str) -> None:
    app = bare(Path(folder), Path(file).read_bytes())
    uvicorn.run(app, port=int(port), http="h11", log_config=None, access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
