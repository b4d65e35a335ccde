"""Pictures in the dark: each colour that ours have, and what stands for it on a dark ground."""

from typing import Literal, get_args

from linnet_exact.errors import InputError

__all__ = ["DARK", "Theme", "theme_of", "themed"]

Theme = Literal["light", "dark", "auto"]

DARK = {
    "#ffffff": "#15191e",
    "#f1f3f5": "#2a323b",
    "#e3e7eb": "#333c46",
    "#d5dae0": "#404a55",
    "#3d444d": "#d8dee4",
    "#59616b": "#a3adb8",
    "#6d7580": "#a2abb5",
    "#0b6e8f": "#4fb6d6",
    "#c2571a": "#ee9c66",
    "#5a4fa2": "#a99df0",
    "#2e7d32": "#6cc66f",
}
"""What stands for the colours of pictures that have them as attributes."""

_TEXT = "#e6eaee"


def theme_of(name: str) -> Theme:
    """Return the theme of this name.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> theme_of("dark")
    'dark'
    """
    for theme in get_args(Theme):
        if theme == name:
            found: Theme = theme
            return found
    raise InputError(f"theme is {name!r}; expected one of {', '.join(get_args(Theme))}")


def themed(svg: str, theme: str) -> str:
    """Return a picture, whose colours are attributes for a white ground, in a theme.

    Parameters
    ----------
    svg : str
        An SVG document; its root has no class.
    theme : str
        ``"light"``, ``"dark"``, or ``"auto"``: dark where the reader's system is.

    Raises
    ------
    InputError
        If there is no such theme.

    Examples
    --------
    >>> themed('<svg><path stroke="#0b6e8f"/></svg>', "light")
    '<svg><path stroke="#0b6e8f"/></svg>'
    >>> "prefers-color-scheme:dark" in themed('<svg><path stroke="#0b6e8f"/></svg>', "auto")
    True
    """
    shown = theme_of(theme)
    if shown == "light":
        return svg
    name = f"picture-{shown}"
    rules = [f".{name} text{{fill:{_TEXT}}}"]
    for color, dark in DARK.items():
        for kind in ("fill", "stroke"):
            if f'{kind}="{color}"' in svg:
                rules.append(f'.{name} [{kind}="{color}"]{{{kind}:{dark}}}')
    style = "\n".join(rules)
    if shown == "auto":
        style = f"@media (prefers-color-scheme:dark){{\n{style}\n}}"
    head, end, rest = svg.partition(">")
    head = head.replace("<svg", f'<svg class="{name}"', 1)
    return f"{head}{end}\n<style>\n{style}\n</style>{rest}"
