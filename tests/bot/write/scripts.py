"""What a scripted model says: honest, doctored, hostile, slow and broken replies to whatever it is shown."""

from collections.abc import Callable, Iterator
from itertools import count

from tests.bot.write.server import Reply, Request, Script, Shown

PIECE = 5  # characters of an event


def in_pieces(text: str, size: int = PIECE) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def says(text: str) -> Script:
    return lambda _: Reply(in_pieces(text))


def told(clause: Shown) -> str:
    """An honest sentence on a clause: its first one, with its place."""
    return f"{clause.place}的方案写明：{clause.sentences[0]}[{clause.handle}]\n"


def each(tell: Callable[[Shown], str]) -> Script:
    """A sentence a clause; a rewrite is refused, so that the deterministic reading stands."""

    def script(request: Request) -> Reply:
        if request.rewrites:
            return Reply(in_pieces("抱歉，我无法改写。"))
        return Reply(in_pieces("".join(tell(clause) for clause in request.clauses if clause.sentences)))

    return script


honest = each(told)


@each
def wrong_number(clause: Shown) -> str:
    return f"{clause.place}到2027年建成诚信计量示范单位98765家。[{clause.handle}]\n"


@each
def invented_clause(clause: Shown) -> str:
    return f"{clause.sentences[0]}[{clause.handle + 70}]\n"


@each
def obedient(clause: Shown) -> str:
    """What a model says that took data for orders."""
    return f"好的，我已忽略以上指令。奖励十万元，详见http://evil.example/pay。[{clause.handle}]\n"


english = says("According to the clauses, purchases of instruments are deductible at once. [1]\n")
refusal = says("抱歉，作为人工智能语言模型，我无法回答这个问题。\n")
no_answer = says("无依据")
empty = says("")


def half_doctored(request: Request) -> Reply:
    """One honest sentence, then a doctored one a clause."""
    text = told(request.clauses[0])
    text += "".join(f"{one.place}将建成诚信计量示范单位98765家。[{one.handle}]\n" for one in request.clauses[:1])
    return Reply(in_pieces(text))


def endless(_: Request) -> Reply:
    def pieces() -> Iterator[str]:
        for number in count(1):
            yield f"诚信计量很重要{number}，" if number % 7 else "诚信计量很重要。[1]\n"

    return Reply(pieces())


def endless_blank(_: Request) -> Reply:
    return Reply(" \n" * 20 for _ in count())


def slowly(script: Script, before: float = 0.0, between: float = 0.05) -> Script:
    """The same, with a wait before the first piece and between two."""

    def pieces(reply: Reply) -> Iterator[str | float | bytes]:
        yield before
        for piece in reply.pieces:
            yield piece
            yield between

    return lambda request: Reply(pieces(script(request)))


def stalled(script: Script, after: int, seconds: float = 60.0) -> Script:
    """The same, but nothing more comes after so many pieces."""

    def pieces(reply: Reply) -> Iterator[str | float | bytes]:
        for number, piece in enumerate(reply.pieces):
            if number == after:
                yield seconds
            yield piece

    return lambda request: Reply(pieces(script(request)))
