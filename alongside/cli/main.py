"""The `alongside` command: a group whose commands are loaded when they are called."""

import click

from alongside import __version__
from alongside.cli.loading import load

# Name, where the command stands, one line for the list.
COMMANDS = {
    "demo": ("alongside.cli.serve:demo", "Open a working product with a made-up organisation in it."),
    "themes": (
        "alongside.cli.themes:themes",
        "Find the themes in what people said: a file in, a report out.",
    ),
    "giving": (
        "alongside.cli.giving:giving",
        "Check a file of published grants (360Giving): what is wrong, by place and reason.",
    ),
    "serve": ("alongside.cli.serve:serve", "Serve an installation of your own."),
    "work": ("alongside.cli.serve:work", "Do waiting jobs; serve and demo run one such worker."),
    "backup": ("alongside.cli.backup:backup", "Write everything an installation holds into one file."),
    "restore": ("alongside.cli.backup:restore", "Put a backup in the place of what is here."),
    "add-person": ("alongside.cli.serve:add_person", "Invite somebody to have an account."),
    "audit": ("alongside.cli.audit:audit", "Check that the audit is whole, or look into it."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command, loaded."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = load(COMMANDS[cmd_name][0])
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="alongside")
def group() -> None:
    """Turn what patients say into what changes, and show them that it did.

    Each command explains itself, with an example: alongside themes --help
    """


def main() -> None:
    """Run the command."""
    group(prog_name="alongside")


if __name__ == "__main__":
    main()
