"""Commands for wishes, demand, mail and what is no longer to be kept: the provider's, the moderator's and the timer's part."""

import datetime as dt
import json
import sys
from decimal import Decimal

import click

from portal.cli_parts import build_services, build_signing_services
from portal.model.proposal import Commitment, Moderation, Step
from portal.services.moderating import Listed

_DAY = click.DateTime(["%Y-%m-%d"])
_reason = click.option("--reason", required=True, help="Why, in a sentence that followers may read.")


@click.group()
def proposal() -> None:
    """Moderate wishes, and take them from wish to course."""


@proposal.command("list")
@click.option("--waiting", is_flag=True, help="Only those that wait for a moderator.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def list_proposals(waiting: bool, as_json: bool) -> None:
    """List wishes with exact numbers, the newest first."""
    listed = build_services().moderating.listing((Moderation.WAITING,) if waiting else tuple(Moderation))
    if as_json:
        click.echo(json.dumps([_as_json(item) for item in listed], ensure_ascii=False, indent=2))
        return
    for item in listed:
        found, standing = item.proposal, item.standing
        click.echo(
            f"{found.id}  {found.moderation}, {found.state}, {standing.towards_threshold} of {found.wish.group_size}"
            f"{', example' if found.example else ''}: {found.wish.title}"
        )
    if not listed:
        click.echo("No wishes.")


def _as_json(item: Listed) -> dict:
    found, standing = item.proposal, item.standing
    return {
        "id": found.id,
        "title": found.wish.title,
        "text": found.wish.text,
        "moderation": found.moderation,
        "state": found.state,
        "threshold": found.wish.group_size,
        "towards_threshold": standing.towards_threshold,
        "confirmed": standing.confirmed,
        "everyone": standing.everyone,
        "employers": standing.employers,
        "example": found.example,
    }


@proposal.command()
@click.argument("proposal_id", metavar="ID")
def approve(proposal_id: str) -> None:
    """Let everybody see a wish."""
    build_services().moderating.approve(proposal_id)
    click.echo(f"Published: {proposal_id}")


@proposal.command()
@click.argument("proposal_id", metavar="ID")
def hide(proposal_id: str) -> None:
    """Let nobody see a wish."""
    build_services().moderating.hide(proposal_id)
    click.echo(f"Hidden: {proposal_id}")


@proposal.command()
@click.argument("source", metavar="ID")
@click.argument("target", metavar="INTO")
def merge(source: str, target: str) -> None:
    """Join a wish with a similar one; who stands behind both counts once."""
    build_services().moderating.merge(source, target)
    click.echo(f"Joined: {source} with {target}")


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@click.argument("provider")
@click.option("--start", type=_DAY, required=True, help="First day, as 2027-03-01.")
@click.option("--min", "min_group", type=click.IntRange(1, 10_000), required=True, help="Smallest group.")
@click.option("--max", "max_group", type=click.IntRange(1, 10_000), help="Largest group.")
@click.option("--price", metavar="EUR", help="For one learner; 0 is free.")
@click.option("--offering", metavar="OFFERING", help="Id of the offering, when there is one already.")
def commit(
    proposal_id: str, provider: str, start: dt.datetime, min_group: int, max_group: int | None, price: str | None,
    offering: str | None,
) -> None:  # fmt: skip
    """A provider takes a wish up."""
    promise = Commitment(provider, start.date(), min_group, max_group, offering, _cents(price))
    build_services().loop.commit(proposal_id, promise)
    click.echo(f"Committed: {proposal_id} by {provider}")


def _cents(price: str | None) -> int | None:
    if price is None:
        return None
    try:
        cents = Decimal(price.replace(",", ".")) * 100
        if not 0 <= cents <= 100_000_000 or cents != int(cents):
            raise ValueError(price)
    except (ArithmeticError, ValueError) as error:
        raise click.BadParameter("a price in euros, such as 75 or 75.50", param_hint="--price") from error
    return int(cents)


@proposal.command("withdraw-commitment")
@click.argument("proposal_id", metavar="ID")
@_reason
def withdraw_commitment(proposal_id: str, reason: str) -> None:
    """The provider takes its promise back; the wish is open again."""
    build_services().loop.withdraw_commitment(proposal_id, reason)
    click.echo(f"{Step.COMMITMENT_WITHDRAWN}: {proposal_id}")


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@click.option("--offering", default="", metavar="OFFERING", help="Id of the offering, unless the promise names it.")
def enrol(proposal_id: str, offering: str) -> None:
    """Enrolment is open."""
    build_services().loop.open_enrolment(proposal_id, offering)
    click.echo(f"Enrolment open: {proposal_id}")


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@click.argument("participants", type=click.IntRange(0, 10_000))
@click.option("--on", "held_on", type=_DAY, help="The day; today unless told otherwise.")
def held(proposal_id: str, participants: int, held_on: dt.datetime | None) -> None:
    """The run was held with so many participants."""
    build_services().loop.held(proposal_id, participants, held_on.date() if held_on else None)
    click.echo(f"Held: {proposal_id} with {participants}")


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@_reason
def cancel(proposal_id: str, reason: str) -> None:
    """The promised run will not be held."""
    build_services().loop.cancel(proposal_id, reason)
    click.echo(f"Cancelled: {proposal_id}")


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@_reason
@click.option("--provider", help="The provider that declines; without it nobody in particular.")
def decline(proposal_id: str, reason: str, provider: str | None) -> None:
    """Nobody will hold it."""
    build_services().loop.decline(proposal_id, reason, provider)
    click.echo(f"Declined: {proposal_id}")


@click.group()
def demand() -> None:
    """What people ask for: the published tables."""


@demand.command("build")
@click.option("--quiet", is_flag=True, help="Say nothing when all went well.")
def demand_build(quiet: bool) -> None:
    """Count demand anew and publish it; run it every night."""
    build = build_services().demand.build()
    if not quiet:
        click.echo(f"{len(build.figures)} figures published, {len(build.supplies)} cells of supply")


@click.group()
def mail() -> None:
    """Mail to followers, providers and the operator."""


@mail.command()
def send() -> None:
    """Look for news of what people follow and, once a day, for runs that providers are reminded of, and for accounts that
    are soon removed; then send all mail that is due."""
    services = build_signing_services()
    services.settings.require_for_mail()
    services.new_runs.announce()
    services.reminding.remind()
    services.idle_accounts.warn()
    with click.progressbar(length=1, label="mail", file=sys.stderr) as bar:

        def progress(done: int) -> None:
            bar.length = max(bar.length, done)
            bar.update(done - bar.pos)

        done = services.mailing.send(progress)
    click.echo(f"{done.sent} sent, {done.failed} failed, {done.given_up} given up, {done.waiting} waiting")


@click.command()
@click.option("--dry-run", is_flag=True, help="Only tell what would be removed.")
def retention(dry_run: bool) -> None:
    """Remove what is older than it may be; commitments that are late lapse."""
    for applied in build_services().retention.apply(dry_run=dry_run):
        rule = applied.rule
        click.echo(f"{applied.rows:>7}  {rule.what.in_english()}: {rule.days} days {rule.since.in_english()}")
