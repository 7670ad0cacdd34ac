"""Commands for providers and their offerings: what an operator takes in from files, and withdraws."""

import json
import sys
from pathlib import Path

import click

from portal.bootstrap import Services
from portal.cli_parts import FILE, bring_index_up_to_date, build_services, language
from portal.model.errors import PortalError, UnreadableFile
from portal.model.problem import Problem, Severity
from portal.services.importing import ImportReport
from portal.services.wording import translator

_PROBLEMS_SHOWN = 200


@click.command("providers")
@click.argument("file", type=FILE)
@language
@click.pass_context
def providers_command(context: click.Context, file: Path, lang: str) -> None:
    """Load providers from a CSV file."""
    context.obj["language"] = lang
    services = build_services()
    counts, problems = services.importing.providers(file)
    _show_problems(problems, lang)
    click.echo(", ".join(f"{number} {outcome}" for outcome, number in counts.items()))
    bring_index_up_to_date(services)
    context.exit(1 if any(problem.severity is Severity.ERROR for problem in problems) else 0)


@click.command("import")
@click.argument("files", type=FILE, nargs=-1)
@click.option("--provider", metavar="ID", help="Provider of offerings that name none.")
@click.option("--dry-run", is_flag=True, help="Report the same, write nothing.")
@click.option("--report", type=FILE, metavar="OUT.json", help="Write the report as JSON as well.")
@click.option("--complete", is_flag=True, help="The file is all that the provider has: withdraw the rest.")
@language
@click.pass_context
def import_command(
    context: click.Context, files: tuple[Path, ...], provider: str | None, dry_run: bool, report: Path | None,
    complete: bool, lang: str,
) -> None:  # fmt: skip
    """Import offerings from JSON, JSON Lines, CSV or XLSX files."""
    context.obj["language"] = lang
    if not files:
        raise click.UsageError("Missing argument 'FILES...'.")
    services = build_services()
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
        bring_index_up_to_date(services)
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


@click.command()
@click.argument("provider")
@click.argument("code")
def withdraw(provider: str, code: str) -> None:
    """Withdraw one offering; its page then says so."""
    services = build_services()
    if not services.store.withdraw(provider, [code]):
        raise PortalError(f"{provider} has no published offering with the code {code}.")
    click.echo(f"Withdrawn: {provider} {code}")
    bring_index_up_to_date(services)
