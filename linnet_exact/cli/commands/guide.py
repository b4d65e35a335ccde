"""`linnet-exact guide`: the guide, in the terminal."""

import sys

import click
from click.shell_completion import CompletionItem

from linnet_exact.cli.output import Output
from linnet_exact.cli.terminal import is_plain
from linnet_exact.guide import page, topics

__all__ = ["guide"]


def _completed(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [
        CompletionItem(name, help=title)
        for name, title in topics().items()
        if name.startswith(incomplete)
    ]


@click.command()
@click.argument("topic", required=False, shell_complete=_completed)
def guide(topic: str | None) -> None:
    """The guide in the terminal: its pages, or the page TOPIC.

    \b
    Examples:
      linnet-exact guide
      linnet-exact guide claims
    """
    if topic is None:
        Output("table").value(topics())
        print("\nlinnet-exact guide TOPIC shows a page.")
        return
    text = page(topic)
    if not sys.stdout.isatty():
        print(text, end="")  # click.echo writes UTF-8 where the encoding is ASCII
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(color_system=None if is_plain() else "auto")
    console.print(Markdown(text, code_theme="ansi_light"))
