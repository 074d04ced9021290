"""Articles as a collection has them, and a service that knows the documents a file names."""

import json
import sys
from pathlib import Path

from eval.load.servers import Program, ready_at

SERVES = """
import http.server, json, pathlib, sys
known = pathlib.Path(sys.argv[2])

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        plan = self.path.partition("/v1/plans/")[2]
        self.say(200 if not plan or plan in known.read_text().split() else 404)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say(int(sys.argv[3]))

    def say(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args):
        pass

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
CHANGES = """
import pathlib, sys
known, verb, what = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]).stem
names = set(known.read_text().split()) - {what}
known.write_text(" ".join(names | ({what} if verb == "add" else set())))
"""


def article(title: str, number: int, text: str = "计量器具应当检定。", section: str = "") -> dict[str, str]:
    return {"doc": f"{title}.md", "title": title, "section": section, "article": f"第{number}条", "text": text}


def collection(place: Path, documents: int = 3, articles: int = 2) -> Path:
    """Statutes whose every article says which it is."""
    rows = [
        article(f"第{each}计量条例", number, f"{each}号文件第{number}款要求检定计量器具。", "第一章  总则")
        for each in range(1, documents + 1)
        for number in range(1, articles + 1)
    ]
    place.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return place


def little_service(known: Path, status: int = 200) -> Program:
    known.write_text("xiamen")

    def command(port: int) -> list[str]:
        return [sys.executable, "-c", SERVES, str(port), str(known), str(status)]

    return Program("service", command, {}, ready_at("/readyz"))


def changing(known: Path, code: str = CHANGES) -> "list[str]":
    return [sys.executable, "-c", code, str(known)]
