"""The report as one page: no script, nothing from elsewhere, readable on a phone and on paper."""

import base64
import hashlib
from html import escape

from markdown_it import MarkdownIt

from bart_tool.domain.base import Language

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }
h1, h2, h3 { line-height: 1.25; margin-top: 1.8em; }
h1 { margin-top: 0.5em; }
table { border-collapse: collapse; font-size: 0.92rem; width: 100%; }
th, td { border: 1px solid #8888; padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; }
.wide { overflow-x: auto; }
li { margin: 0.3em 0; }
@media print { body { max-width: none; } h2 { break-before: auto; } table { break-inside: auto; } }
""".strip()


def render(markdown: str, language: Language, title: str) -> str:
    """The page of a report in Markdown. Text that looks like HTML stays text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    body = parser.render(markdown)
    body = body.replace("<table>", '<div class="wide"><table>').replace(
        "</table>", "</table></div>"
    )
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
