"""The command `portal`: everything an operator does, with a sentence and an exit code instead of a traceback."""

import json
import sys
from pathlib import Path

import click

from portal import __version__, children, config, serving
from portal.bootstrap import Services, build, build_upload_work
from portal.cli_files import upload
from portal.cli_signals import demand, mail, proposal, retention
from portal.cli_users import add_examples, user
from portal.model.errors import PortalError, UnreadableFile
from portal.model.problem import Problem, Severity
from portal.services.importing import ImportReport
from portal.services.parameters import read_query
from portal.services.wording import translator

_FILE = click.Path(path_type=Path)
_PROBLEMS_SHOWN = 200


class _Group(click.Group):
    """Turns the portal's own errors into one sentence: exit 2 for an unreadable file, 1 for the rest."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except UnreadableFile as error:
            language = (context.obj or {}).get("language", "en")
            click.echo(error.message.render(translator(language)), err=True)
            context.exit(2)
        except PortalError as error:
            click.echo(str(error), err=True)
            context.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            click.echo(f"{error.strerror}: {error.filename}" if error.filename else str(error), err=True)
            context.exit(1)
        except Exception as error:  # an operator gets a sentence, never a traceback
            click.echo(
                f"Something broke: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}", err=True
            )
            context.exit(1)


@click.group(cls=_Group)
@click.version_option(__version__, prog_name="portal")
@click.pass_context
def main(context: click.Context) -> None:
    """Osaset: the catalogue and search of micro-credentials."""
    context.ensure_object(dict)


def _services() -> Services:
    return build(config.from_environment())


_language = click.option(
    "--lang", type=click.Choice(["fi", "sv", "en"]), default="en", show_default=True, help="Language of the answer."
)


@main.command("providers")
@click.argument("file", type=_FILE)
@_language
@click.pass_context
def providers_command(context: click.Context, file: Path, lang: str) -> None:
    """Load providers from a CSV file."""
    context.obj["language"] = lang
    services = _services()
    counts, problems = services.importing.providers(file)
    _show_problems(problems, lang)
    click.echo(", ".join(f"{number} {outcome}" for outcome, number in counts.items()))
    _bring_index_up_to_date(services)
    context.exit(1 if any(problem.severity is Severity.ERROR for problem in problems) else 0)


@main.command("import")
@click.argument("files", type=_FILE, nargs=-1)
@click.option("--provider", metavar="ID", help="Provider of offerings that name none.")
@click.option("--dry-run", is_flag=True, help="Report the same, write nothing.")
@click.option("--report", type=_FILE, metavar="OUT.json", help="Write the report as JSON as well.")
@click.option("--complete", is_flag=True, help="The file is all that the provider has: withdraw the rest.")
@click.option("--upload", metavar="ID", hidden=True, help="Work on a file that was sent at the desk.")
@_language
@click.pass_context
def import_command(
    context: click.Context, files: tuple[Path, ...], provider: str | None, dry_run: bool, report: Path | None,
    complete: bool, upload: str | None, lang: str,
) -> None:  # fmt: skip
    """Import offerings from JSON, JSON Lines, CSV or XLSX files."""
    context.obj["language"] = lang
    if upload:
        children.limit_this_process()
        settings = config.from_environment()
        build_upload_work(settings).work(upload, children.starter(settings))
        return
    if not files:
        raise click.UsageError("Missing argument 'FILES...'.")
    services = _services()
    reports: list[ImportReport] = []
    exit_code = 0
    for file in files:
        try:
            reports.append(_import_one(services, file, lang, provider=provider, dry_run=dry_run, complete=complete))
        except UnreadableFile as error:
            click.echo(f"{file.name}: {error.message.render(translator(lang))}", err=True)
            exit_code = 2
    if report:
        contents = [item.to_json(translator(lang)) for item in reports]
        report.write_text(
            json.dumps(contents[0] if len(files) == 1 and contents else contents, ensure_ascii=False, indent=2)
        )
    if reports and not dry_run:
        _bring_index_up_to_date(services)
    left_out = any(problem.severity is Severity.ERROR for item in reports for problem in item.problems)
    context.exit(exit_code or int(left_out))


def _import_one(services: Services, file: Path, lang: str, **options: object) -> ImportReport:
    with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:

        def progress(done: int, total: int | None) -> None:
            bar.length = max(total or done, 1)
            bar.update(done - bar.pos)

        report = services.importing.offerings(file, progress=progress, **options)
    _show_problems(report.problems, lang)
    click.echo(
        f"{file.name}: "
        + ", ".join(f"{number} {name}" for name, number in report.to_json(translator(lang))["offerings"].items())
    )
    return report


def _show_problems(problems: list[Problem], lang: str) -> None:
    """Errors and warnings in full, a few hundred at most; what the criteria miss only as a number."""
    translate = translator(lang)
    telling = [problem for problem in problems if problem.severity is not Severity.INFO]
    for problem in telling[:_PROBLEMS_SHOWN]:
        place = " ".join(
            filter(None, (f"[{problem.row}]" if problem.row is not None else "", problem.offering, problem.column))
        )
        value = f" ({problem.value})" if problem.value else ""
        click.echo(
            f"{problem.severity}: {place}{value}: {problem.message.render(translate)} {problem.remedy.render(translate)}",
            err=True,
        )
    if len(telling) > _PROBLEMS_SHOWN:
        click.echo(f"… {len(telling) - _PROBLEMS_SHOWN} more; --report OUT.json has them all", err=True)
    if infos := len(problems) - len(telling):
        click.echo(f"info: {infos} unmet criteria; --report OUT.json has them all", err=True)


def _bring_index_up_to_date(services: Services, *, rebuild: bool = False) -> None:
    with click.progressbar(length=1, label="index", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        indexed = services.indexer.bring_up_to_date(rebuild=rebuild, progress=progress)
    click.echo(
        f"index: {indexed.documents} offerings ({indexed.changed} written, {indexed.removed} removed, {indexed.seconds:.1f} s)"
    )


def _try_to_bring_index_up_to_date(services: Services, *, rebuild: bool = False) -> None:
    """The same for what goes on without: the store answers, and the follower tries again and again."""
    try:
        _bring_index_up_to_date(services, rebuild=rebuild)
    except (OSError, PortalError) as error:
        click.echo(f"The index cannot be written: {error}", err=True)


@main.command()
@click.argument("provider")
@click.argument("code")
def withdraw(provider: str, code: str) -> None:
    """Withdraw one offering; its page then says so."""
    services = _services()
    if not services.store.withdraw(provider, [code]):
        raise PortalError(f"{provider} has no published offering with the code {code}.")
    click.echo(f"Withdrawn: {provider} {code}")
    _bring_index_up_to_date(services)


@main.command()
@click.option("--follow", is_flag=True, help="Stay and take in changes as they come.")
@click.option("--rebuild", is_flag=True, help="Make the index anew from the store.")
def index(follow: bool, rebuild: bool) -> None:
    """Bring the search index up to date with the store."""
    services = _services()
    bring = _try_to_bring_index_up_to_date if follow else _bring_index_up_to_date
    bring(services, rebuild=rebuild)
    if follow:
        serving.until_told_to_stop(services.indexer.follow)


@main.command()
@click.argument("text", default="")
@_language
@click.option(
    "--filter", "filters", multiple=True, metavar="NAME=VALUE", help="As in the search page's address; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def search(text: str, lang: str, filters: tuple[str, ...], as_json: bool) -> None:
    """Search the catalogue from the command line."""
    services = _services()
    labels = services.searching.labels(lang, translator(lang))
    pairs = [("q", text), *((name, value) for name, _, value in (item.partition("=") for item in filters))]
    query, notices = read_query(pairs, labels)
    answer = services.searching.find(query, labels)
    for notice in (*notices, *answer.notices):
        click.echo(notice.render(translator(lang)), err=True)
    hits = [
        {"id": hit.shown.id, "title": hit.shown.offering.title.choose(lang).text, "score": hit.score}
        for hit in answer.hits
    ]
    if as_json:
        click.echo(json.dumps({"total": answer.total, "items": hits}, ensure_ascii=False, indent=2))
        return
    click.echo(answer.total)
    for hit in hits:
        click.echo(f"{hit['id']}  {hit['title']}")


@main.command()
@click.argument("files", type=_FILE, nargs=-1, required=True)
def vocabulary(files: tuple[Path, ...]) -> None:
    """Load names of concepts: SKOS Turtle, or `<uri> TAB label` files named …-fi.tsv, …-sv.tsv, …-en.tsv."""
    services = _services()
    click.echo(f"{services.vocabularies.add(files)} concepts")
    _bring_index_up_to_date(_services())


@main.command()
def demo() -> None:
    """Load the example catalogue, once, into a store that holds nothing else."""
    services = _services()
    click.echo(f"{services.demo.load()} example offerings loaded")
    _bring_index_up_to_date(services)
    services.demand.build()
    add_examples(services)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--demo", "as_demo", is_flag=True, help="On this machine only: load examples into an empty store, need no secret."
)
def serve(host: str, port: int, workers: int, as_demo: bool) -> None:
    """Serve the site: web workers, and one indexer beside them."""
    settings = config.from_environment()
    if as_demo:
        settings = serving.demo_settings(settings, host)
    settings.require_secret()
    services = build(settings)
    if as_demo and services.demo.is_empty_store():
        click.echo(f"{services.demo.load()} example offerings loaded")
    if as_demo or services.searching.generation() == "":
        _try_to_bring_index_up_to_date(services)  # else the indexer beside the workers does, while the old index serves
    if as_demo:
        services.demand.build()
        add_examples(services)
    services.database.close()
    click.echo(f"http://{host}:{port}/")
    raise SystemExit(serving.run(settings, host, port, workers))


@main.command("backup")
@click.argument("file", type=_FILE)
def backup_command(file: Path) -> None:
    """Copy the whole store into one new file, also while the portal runs."""
    _services().backup(file)
    click.echo(f"Backed up to {file}")


@main.command("restore")
@click.argument("file", type=_FILE)
def restore_command(file: Path) -> None:
    """Replace the store by a backup."""
    services = _services()
    services.restore(file)
    click.echo(f"Restored from {file}")
    _bring_index_up_to_date(services)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Tell whether everything works; exit 1 when something does not."""
    findings = _services().health.look()
    ok = all(finding.ok for finding in findings)
    if as_json:
        click.echo(
            json.dumps({"ok": ok, "checks": [vars(finding) for finding in findings]}, ensure_ascii=False, indent=2)
        )
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'} {finding.name}: {finding.detail}")
    context.exit(0 if ok else 1)


for _command in (proposal, demand, mail, retention, user, upload):
    main.add_command(_command)
