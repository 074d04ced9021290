"""A page of another site that embeds the widget, as unkind to it as pages are."""

from typing import Any

from tests.ui.conftest import PATIENCE, Visitor

HOSTILE = """
* { all: revert !important; font-size: 44px !important; color: lime !important; }
html > *, div { display: none !important; opacity: 0 !important; transform: rotate(9deg) !important; }
html > div { visibility: hidden !important; pointer-events: none !important; position: static !important; }
body { filter: blur(1px); transform: scale(.5); }
button, iframe { display: none !important; }
"""
STRICT = "default-src 'none'; script-src {bot} 'nonce-of-host'; frame-src {bot}; style-src 'nonce-of-host'"
LINE = '<script src="{bot}/widget.js" {more} defer></script>'


class Host:
    """A page of another site with a strict policy and a hostile style, and our lines in it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.bot = visitor, visitor.site.url

    def open(self, *lines: str, at: str = "") -> Any:
        context = self.visitor.browser.new_context(locale="zh-CN")
        context.on("request", lambda request: self.visitor.requests.append(request.url))
        context.on("console", self.visitor._heard)
        scripts = "".join(LINE.format(bot=self.bot, more=more) for more in lines)
        style = f'<style nonce="of-host">{HOSTILE}</style>'
        html = f'<!doctype html><html lang="zh"><head><title>某局</title>{style}</head>'
        html += f"<body><p>正文<a href='#x'>链接</a></p>{scripts}</body></html>"
        self.visitor.site.fake.host, self.visitor.site.fake.host_policy = html, STRICT.format(bot=self.bot)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{at or self.visitor.site.elsewhere}/host")
        return page
