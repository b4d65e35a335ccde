"""The colours of drawings of the DAG: light, dark, or as the reader's system asks.

The hues are those of Okabe and Ito, which colour-blind people tell apart; shapes say the same.
"""

from linnet_exact.draw.themes import Theme

__all__ = ["style_of"]

_COLORS = {
    # light, dark
    "paper": ("#ffffff", "#15191e"),
    "band": ("#f4f6f8", "#1c2229"),
    "text": ("#24292f", "#e6eaee"),
    "quiet": ("#59616b", "#a3adb8"),
    "rule": ("#d3dae1", "#404a55"),
    "box": ("#ffffff", "#20272f"),
    "frame": ("#7b8590", "#8b96a2"),
    "connect": ("#66707b", "#98a3af"),
    "swap": ("#8a5a00", "#d9a441"),
    "maximal": ("#007a5a", "#2fc79b"),
    "minimal": ("#0060a0", "#5cb3ee"),
    "singular": ("#d05a00", "#f08a3c"),
    "through": ("#0b6e8f", "#4fb6d6"),
    "input": ("#b04a10", "#ee9c66"),
    "output": ("#5a4fa2", "#a99df0"),
    "inner": ("#6d7580", "#a2abb5"),
}
_RULES = (
    "text{{fill:{text};font-family:Helvetica,Arial,sans-serif}}",
    ".paper{{fill:{paper}}}",
    ".band{{fill:{band}}}",
    ".quiet{{fill:{quiet}}}",
    ".code{{font-family:'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:10px;"
    "text-anchor:middle}}",
    ".edge{{fill:none;stroke:{connect}}}",
    ".swap{{stroke:{swap};stroke-dasharray:5 3}}",
    ".layer{{stroke:{rule};stroke-width:1}}",
    ".strand{{fill:none;stroke-linecap:round}}",
    ".through{{stroke:{through}}}",
    ".input{{stroke:{input}}}",
    ".output{{stroke:{output}}}",
    ".inner{{stroke:{inner}}}",
    ".box{{fill:{box};stroke:{frame};stroke-width:1}}",
    ".inside{{fill:none}}",
    ".maximal{{stroke:{maximal};stroke-width:1.6}}",
    ".minimal{{stroke:{minimal};stroke-width:3}}",
    ".singular{{fill:{singular};stroke:none}}",
    ".dot{{fill:{paper};stroke:{frame};stroke-width:1.4}}",
    ".dot.minimal{{stroke:{minimal}}}",
    ".dot.maximal{{stroke:{maximal}}}",
    ".dot.singular{{fill:{singular};stroke:{singular}}}",
)


def style_of(theme: Theme) -> str:
    """Return the style sheet of a drawing whose root has the class `dag-` and the theme's name.

    Examples
    --------
    >>> style_of("light").count("@media"), style_of("auto").count("@media")
    (0, 1)
    """
    if theme != "auto":
        return _rules(theme, theme == "dark")
    dark = _rules(theme, True)
    return f"{_rules(theme, False)}\n@media (prefers-color-scheme:dark){{\n{dark}\n}}"


def _rules(theme: Theme, dark: bool) -> str:
    colors = {name: pair[dark] for name, pair in _COLORS.items()}
    return "\n".join(f".dag-{theme} {rule.format(**colors)}" for rule in _RULES)
