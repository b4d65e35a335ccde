"""Expressions about linear networks: checked as a whole, then evaluated case by case.

Python's own syntax, of which only what there are rules for is understood. The syntax tree becomes
nested Python functions; no code is generated, and no attribute of any object is ever looked up. An
environment is a list: the steps and the time that are left, the values of the quantities that the
expression uses, then the variables of comprehensions.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any

from linnet_exact.claims.language import scalar_rules, sequence_rules
from linnet_exact.claims.language.compiler import Compiler, Part, allowance
from linnet_exact.claims.language.kinds import TRUTH, Kind
from linnet_exact.claims.language.syntax import expression_tree, source_of
from linnet_exact.errors import InputError

__all__ = ["Expression"]

_RULES: dict[type[ast.expr], Callable[[Compiler, Any], Part]] = {
    ast.Constant: scalar_rules.constant,
    ast.Name: scalar_rules.name,
    ast.Attribute: scalar_rules.attribute,
    ast.BinOp: scalar_rules.binary_operation,
    ast.UnaryOp: scalar_rules.unary_operation,
    ast.BoolOp: scalar_rules.connection,
    ast.Compare: scalar_rules.comparison,
    ast.IfExp: scalar_rules.condition,
    ast.Tuple: sequence_rules.display,
    ast.List: sequence_rules.display,
    ast.Subscript: sequence_rules.subscript,
    ast.ListComp: sequence_rules.comprehension,
    ast.GeneratorExp: sequence_rules.comprehension,
    ast.Call: sequence_rules.call,
}


class Expression:
    """A statement about one case, in the quantities that cases of its kind have.

    Parameters
    ----------
    text : str
        In Python's syntax: comparisons, arithmetic, and, or, not, if-else, comprehensions, the
        functions of `functions`, and names of quantities.
    kinds : mapping
        From the names of the quantities to their kinds; `None` for one that is called with two
        layers and gives a number.

    Attributes
    ----------
    names : tuple of str
        The quantities that it uses: `holds` takes their values in this order.
    calls : tuple of (str, str, int, int)
        The quantities that are called with fixed layers: the text, the name, k and i.

    Raises
    ------
    InputError
        If the text is not a statement in this language; it says what is not understood.

    Examples
    --------
    >>> from linnet_exact.claims.language.kinds import NUMBER, Sequence
    >>> kinds = {"dim": NUMBER, "widths": Sequence(NUMBER)}
    >>> statement = Expression("dim + 1 <= max(widths)", kinds)
    >>> statement.names, statement.holds((2, (1, 3))), statement.holds((2, (1, 2)))
    (('dim', 'widths'), True, False)
    """

    def __init__(self, text: str, kinds: Mapping[str, Kind | None]) -> None:
        tree = expression_tree(text)
        self.text = text
        compiler = Compiler(text.strip(), kinds, _RULES)
        part = compiler.part(tree)
        if part.kind != TRUTH:
            raise InputError(
                f"{source_of(tree)} is {part.kind}, not a statement, such as dim <= local_dim"
            )
        self.names = tuple(compiler.slots)
        self.calls = tuple(dict.fromkeys(compiler.calls))
        self._evaluate = part.evaluate
        self._locals = [None] * compiler.most_locals

    def holds(self, values: tuple[Any, ...]) -> bool:
        """Return whether the statement holds in the case with these values of `names`.

        Raises
        ------
        UndefinedError
            If it has no value in this case.
        InputError
            If it takes too many steps or too long, or a number gets too long.
        """
        return bool(self._evaluate([*allowance(), *values, *self._locals]))
