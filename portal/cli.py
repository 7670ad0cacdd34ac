"""The command `portal`: everything an operator does, with a sentence and an exit code instead of a traceback."""

import json
from pathlib import Path

import click

from portal import __version__, config, serving
from portal.bootstrap import build
from portal.cli_catalogue import import_command, providers_command, withdraw
from portal.cli_parts import FILE, bring_index_up_to_date, build_services, language, try_to_bring_index_up_to_date
from portal.cli_signals import demand, mail, proposal, retention
from portal.cli_users import add_examples, user
from portal.model.errors import PortalError, UnreadableFile
from portal.services.parameters import read_query
from portal.services.wording import translator


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


@main.command()
@click.option("--follow", is_flag=True, help="Stay and take in changes as they come.")
@click.option("--rebuild", is_flag=True, help="Make the index anew from the store.")
def index(follow: bool, rebuild: bool) -> None:
    """Bring the search index up to date with the store."""
    services = build_services()
    bring = try_to_bring_index_up_to_date if follow else bring_index_up_to_date
    bring(services, rebuild=rebuild)
    if follow:
        serving.until_told_to_stop(services.indexer.follow)


@main.command()
@click.argument("text", default="")
@language
@click.option(
    "--filter", "filters", multiple=True, metavar="NAME=VALUE", help="As in the search page's address; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def search(text: str, lang: str, filters: tuple[str, ...], as_json: bool) -> None:
    """Search the catalogue from the command line."""
    services = build_services()
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
@click.argument("files", type=FILE, nargs=-1, required=True)
def vocabulary(files: tuple[Path, ...]) -> None:
    """Load names of concepts: SKOS Turtle, or `<uri> TAB label` files named …-fi.tsv, …-sv.tsv, …-en.tsv."""
    services = build_services()
    click.echo(f"{services.vocabularies.add(files)} concepts")
    bring_index_up_to_date(build_services())


@main.command()
def demo() -> None:
    """Load the example catalogue, once, into a store that holds nothing else."""
    services = build_services()
    click.echo(f"{services.demo.load()} example offerings loaded")
    bring_index_up_to_date(services)
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
        try_to_bring_index_up_to_date(services)  # else the indexer beside the workers does, while the old index serves
    if as_demo:
        services.demand.build()
        add_examples(services)
    services.database.close()
    click.echo(f"http://{host}:{port}/")
    raise SystemExit(serving.run(settings, host, port, workers))


@main.command("backup")
@click.argument("file", type=FILE)
def backup_command(file: Path) -> None:
    """Copy the whole store into one new file, also while the portal runs."""
    build_services().backup(file)
    click.echo(f"Backed up to {file}")


@main.command("restore")
@click.argument("file", type=FILE)
def restore_command(file: Path) -> None:
    """Replace the store by a backup."""
    services = build_services()
    services.restore(file)
    click.echo(f"Restored from {file}")
    bring_index_up_to_date(services)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Tell whether everything works; exit 1 when something does not."""
    findings = build_services().health.look()
    ok = all(finding.ok for finding in findings)
    if as_json:
        click.echo(
            json.dumps({"ok": ok, "checks": [vars(finding) for finding in findings]}, ensure_ascii=False, indent=2)
        )
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'} {finding.name}: {finding.detail}")
    context.exit(0 if ok else 1)


for _command in (providers_command, import_command, withdraw, proposal, demand, mail, retention, user):
    main.add_command(_command)
