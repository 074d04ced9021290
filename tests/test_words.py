"""What no file of the repository may say."""

from tests.test_house import files, relative

# built from pieces, so that this file does not hold what it forbids
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "registry." + "npm" + "mirror")
FORBIDDEN = ("/" + "work/", "/" + "tmp/", "/" + "root/", *HOSTS, "mirrors" + ".aliyun", "artifact" + "ory")
TEXTS = files(".py", ".md", ".toml", ".tsv", ".js", ".css", ".html", ".json", ".jsonl", ".yml", ".yaml", ".sh", ".txt")


def test_no_forbidden_words() -> None:
    found = [
        f"{relative(path)}: {word}"
        for path in TEXTS
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        for word in FORBIDDEN
        if word in text
    ]
    assert not found
