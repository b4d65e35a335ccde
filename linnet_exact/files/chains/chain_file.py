"""Chains in JSON files: ``{"format": "linnet-exact/chain", "version": 1, "chain": [lines]}``."""

from collections.abc import Sequence

from linnet_exact.errors import FileError, InputError
from linnet_exact.files.chains.expansion import Chain
from linnet_exact.files.json_text import checked_header, read_json
from linnet_exact.files.source import AnyFile, Source

__all__ = ["read_chain"]


def read_chain(file: AnyFile, given: Sequence[str] = ()) -> Chain:
    """Read a chain file, with definitions that replace its own.

    Raises
    ------
    FileError
        If it is no chain file, or a line is not in the one spelling that `Chain.lines` gives.
    InputError
        If a definition that is given is of no use.

    Examples
    --------
    >>> import json, pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "chain.json")
    >>> _ = path.write_text(json.dumps(Chain.parse("h = 0; W[h, :, :]").to_jsonable()))
    >>> read_chain(path, ["h = 2"]).layers()
    ['W[2, :, :]']
    """
    source = Source.of(file)
    path = source.path
    content = checked_header(path, read_json(source, one_spelling=True), "chain")
    if unknown := sorted(set(content) - {"format", "version", "chain"}):
        raise FileError(f"{path}: unknown key {unknown[0]!r:.60}")
    lines = content.get("chain")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise FileError(f'{path}: "chain" must be a list of texts, a statement each')
    text = "\n".join(lines)
    try:
        spelled = Chain.parse(text).lines()
    except InputError as error:
        raise FileError(f"{path}: {error}") from None
    for found, expected in zip(lines, spelled, strict=False):
        if found != expected:
            raise FileError(f"{path}: the line {found!r:.80} is to be written {expected!r:.80}")
    if len(lines) != len(spelled):
        raise FileError(f'{path}: "chain" must have a statement in each text')
    return Chain.parse(text, given)
