"""The command `metrology`. The one place that joins concrete parts; heavy imports happen inside the commands."""

import json
from datetime import datetime
from typing import Annotated

import typer

from ui import cli_claims, cli_student
from ui.cli_audit import audit
from ui.cli_drafts import app as drafts_app
from ui.cli_eval import app as eval_app
from ui.cli_holdings import add, build, changes, ingest, remove, replace_plan
from ui.cli_insights import app as insights_app
from ui.cli_keys import app as keys_app
from ui.cli_mcp import mcp
from ui.cli_operate import config, doctor
from ui.cli_receipt import verify_receipt
from ui.cli_records import app as records_app
from ui.cli_train import app as train_app
from ui.explain import explained, note, progress
from ui.threads import limit_threads

app = typer.Typer(
    help="Answers questions about official metrology plans; every sentence has an address.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(eval_app, name="eval")
app.add_typer(train_app, name="train")
train_app.command()(cli_claims.entails)
train_app.command()(cli_claims.ship_entails)
train_app.command()(cli_student.student)
train_app.command()(cli_student.ship_student)
eval_app.command()(cli_claims.verification)
eval_app.command()(cli_claims.model)
app.add_typer(insights_app, name="insights")
app.add_typer(keys_app, name="keys")
app.add_typer(records_app, name="records")
app.add_typer(drafts_app, name="drafts")


@app.callback()
def before() -> None:
    """Runs before every command and what it imports."""
    limit_threads()


@app.command()
def ask(
    question: Annotated[list[str], typer.Argument(help="The question, in Chinese")],
    plan: Annotated[list[str] | None, typer.Option(help="Only this plan; may be repeated")] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="By what was in force on it")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The API's answer as JSON")] = False,
) -> None:
    """Answer a question with citations."""
    with explained():
        from bot.records.labels import Labels
        from bot.settings import read_settings
        from ui.show import answer_text
        from ui.wire import open_bot

        settings = read_settings()
        bot = open_bot(settings, progress, note)
        day = as_of.date().isoformat() if as_of else ""
        asked = bot.ask(" ".join(question), plans=tuple(plan or ()) or None, as_of=day)
        if not as_json:
            typer.echo(answer_text(asked, Labels(settings.label_generated, settings.label_extractive)))
            return
        from ui.serve import presenter_of

        reply = presenter_of(settings).answer(asked, bot.corpus_version)
        typer.echo(reply.model_dump_json(indent=2))


@app.command()
def plans() -> None:
    """List the plans and what was understood of each."""
    with explained():
        from bot.settings import read_settings
        from ingest.load import Report
        from ui.show import report_text
        from ui.wire import held_plans

        typer.echo(report_text(Report(held_plans(read_settings()))))


@app.command()
def clause(clause_id: Annotated[str, typer.Argument(help="e.g. xiamen:三(四)21")]) -> None:
    """Show one clause: text, place in the source, responsible units, indicators."""
    with explained():
        from bot.settings import read_settings
        from ingest.corpus import Corpus
        from ui.show import clause_text
        from ui.wire import held_plans

        corpus = Corpus(held_plans(read_settings()))
        wanted = corpus.clause(clause_id.replace("（", "(").replace("）", ")").replace("：", ":"))
        typer.echo(clause_text(corpus.plan(wanted.plan_id), wanted))


@app.command()
def serve(
    host: Annotated[str, typer.Option(envvar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535)] = 8000,
    page: Annotated[bool, typer.Option(help="Serve the chat page too")] = True,
) -> None:
    """Serve the API and the page on one port."""
    with explained():
        from bot.api.log import configure_logs
        from bot.settings import read_settings
        from ui.serve import address, require_free
        from ui.serve import serve as run
        from ui.state import admission, open_state
        from ui.wire import open_live

        require_free(host, port)
        configure_logs()
        settings = read_settings()
        state = open_state(settings)
        note(admission(settings, state.callers, host))
        bot = open_live(settings, progress, note)
        note(f"Open {address(host, port)} — stop with Ctrl-C")
        run(bot, settings, state, host, port, page)


@app.command()
def page(
    api: Annotated[str, typer.Option(envvar="METROLOGY_API_URL", help="Where the API answers")] = "",
    host: Annotated[str, typer.Option(envvar="HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535)] = 8080,
) -> None:
    """Serve the chat page alone, over an API elsewhere, with the key METROLOGY_API_KEY."""
    with explained():
        from bot.api.log import configure_logs
        from bot.settings import read_settings
        from ui.serve import address, require_free
        from ui.serve_page import serve_page

        require_free(host, port)
        configure_logs()
        note(f"Open {address(host, port)} — stop with Ctrl-C")
        serve_page(read_settings(), api, host, port)


@app.command()
def openapi() -> None:
    """Print the API's OpenAPI document."""
    with explained():
        from bot.api.app import create_app
        from bot.settings import read_settings
        from ui.wire import open_bot

        typer.echo(json.dumps(create_app(open_bot(read_settings())).openapi(), ensure_ascii=False, indent=2))


app.command()(ingest)
app.command()(build)
app.command()(add)
app.command("replace")(replace_plan)
app.command()(remove)
app.command()(changes)
app.command()(audit)
app.command()(verify_receipt)
app.command()(config)
app.command()(doctor)
app.command()(mcp)


def main() -> None:
    """Entry point."""
    app()


if __name__ == "__main__":
    main()
