"""Commands for accounts of the desk: the operator's part, and the way in for the first one."""

import json

import click

from portal.bootstrap import Services
from portal.cli_parts import build_services, build_signing_services
from portal.model.user import LinkPurpose, Role, User

EXAMPLES = (
    ("admin@osaset.example", Role.ADMIN, "helsinki", "Aino Esimerkki"),
    ("editor@osaset.example", Role.EDITOR, "helsinki", "Eero Esimerkki"),
    ("moderator@osaset.example", Role.MODERATOR, None, "Maija Esimerkki"),
    ("operator@osaset.example", Role.OPERATOR, None, "Olli Esimerkki"),
)
"""Users of the example catalogue: they have no password, so that only who can run commands here comes in."""


@click.group()
def user() -> None:
    """Accounts of those who work at the desk."""


@user.command()
@click.argument("email")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True, help="What the user may do.")
@click.option("--provider", metavar="ID", help="The provider of an editor, publisher or admin.")
@click.option("--name", default="", help="How the user is called.")
@click.option("--lang", type=click.Choice(["fi", "sv", "en"]), default="fi", show_default=True, help="Of their mail.")
def add(email: str, role: str, provider: str | None, name: str, lang: str) -> None:
    """Make an account and send an invitation; without a mail server its link is printed."""
    services = build_signing_services()
    made = services.staffing.invite(provider, email, Role(role), name=name, language=lang)
    click.echo(f"Added: {made.email}, {made.role}{f' of {made.provider}' if made.provider else ''}")
    if not services.settings.smtp_url:
        click.echo(services.entering.url(made, LinkPurpose.INVITATION))


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def list_users(as_json: bool) -> None:
    """List everybody, the portal's own people first."""
    services = build_services()
    providers = (None, *sorted(services.store.providers()))
    users = [found for provider in providers for found in services.staffing.users(provider)]
    if as_json:
        click.echo(json.dumps([_as_json(found) for found in users], ensure_ascii=False, indent=2))
        return
    for found in users:
        state = "" if found.is_active else ", not active"
        click.echo(f"{found.email}  {found.role}{f' of {found.provider}' if found.provider else ''}{state}")
    if not users:
        click.echo("No users.")


def _as_json(found: User) -> dict:
    return {
        "id": found.id,
        "email": found.email,
        "name": found.name,
        "role": found.role,
        "provider": found.provider,
        "language": found.language,
        "active": found.is_active,
        "signed_in_at": found.signed_in_at.isoformat() if found.signed_in_at else None,
    }


@user.command()
@click.argument("email")
def remove(email: str) -> None:
    """Remove an account; what its user did stays, without the name."""
    services = build_services()
    found = services.accounts.find(email)
    services.staffing.remove(found.provider, found.id)
    click.echo(f"Removed: {found.email}")


@user.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a link to sign in: it works once, within an hour."""
    services = build_signing_services()
    click.echo(services.entering.url(services.accounts.find(email), LinkPurpose.SIGN_IN))


def add_examples(services: Services) -> None:
    """Users to try the desk with, once, in a store of examples only; says how to come in."""
    if not services.catalog.only_examples():
        return
    if not services.staffing.users(None):
        for email, role, provider, name in EXAMPLES:
            services.accounts.add(email, role, provider=provider, name=name)
    click.echo(f"To try the desk: portal user link EMAIL, with {', '.join(email for email, *_ in EXAMPLES)}")
