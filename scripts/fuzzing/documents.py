"""Documents: certificates, weights, data of a loss, chains, rank lists, progress of a survey."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

from fuzzing.harness import GOLDEN, Harness, files, of_bytes, source


def certificates(data: bytes) -> None:
    from linnet_exact.claims.checking import check_document
    from linnet_exact.files import read_json

    check_document(read_json(source(data), one_spelling=True))


def stand_alone(data: bytes) -> None:
    import check_certificate
    from checker.document import Malformed, Refused, read_json

    with contextlib.suppress(Malformed, Refused):
        check_certificate.check(read_json(data))


def weights(data: bytes) -> None:
    from linnet_exact.files import read_weights

    _ = read_weights(source(data)).barcode


def matrices(data: bytes) -> None:
    from linnet_exact.files import read_matrix

    read_matrix(source(data)).rank()


def data_files(data: bytes) -> None:
    from linnet_exact.files import read_data, read_target

    kind = (data[:1] or b"\0")[0]  # how the rest is called and read
    given = source(data[1:], "x.csv" if kind & 1 else "x")
    if kind & 2:
        read_target(given, "2,2,1")
    else:
        read_data(given, "2,2,1", samples_in_rows=bool(kind & 4))


def data_seeds() -> list[bytes]:
    value = {"format": "linnet-exact/data", "version": 1}
    samples = value | {"X": [[1, "1/2"], [0, "0.1"]], "Y": [[1, 2]]}
    moments = value | {"Sigma": [[2, 0], [0, 2]], "Gamma": [[1, 1]], "energy": 3}
    tables = ["x1,x2,y\n1,0,1/2\n0,1,3\n", "1,0,0.5\n", '"1","2"\n', "x_a;x_b;y\r\n1;2;3\r\n"]
    found = [letter + table.encode() for letter in (b"a", b"e", b"c") for table in tables]
    return [*found, *(b"`" + json.dumps(each).encode() for each in (samples, moments))]


def chain_files(data: bytes) -> None:
    from linnet_exact.files.chains.chain_file import read_chain

    read_chain(source(data)).layers()


def chain_seeds() -> list[bytes]:
    lines = ["h = 0", "for l in 0..2: W{l}[h, :, :].T", "v[2*h:2*h + 2, :]"]
    chain = {"format": "linnet-exact/chain", "version": 1, "chain": lines}
    return [json.dumps(chain).encode()]


def jsonable(data: bytes) -> None:
    """Whatever JSON value a document may hold, given to all that is made of one."""
    from linnet_exact import Barcode, RankList
    from linnet_exact.errors import LinnetError
    from linnet_exact.files import read_json

    value = read_json(source(data))
    for made in (Barcode, RankList):
        with contextlib.suppress(LinnetError):
            made.from_jsonable(value)
    RankList(value)


def jsonable_seeds() -> list[bytes]:
    values = [{"0-0": 2, "0-2": 1, "1-1": "1"}, {"0~0": 2, "1~0": 1, "1~1": 2}, [[2], [1, 2]]]
    return [json.dumps(value).encode() for value in values]


def survey(folder: Path) -> Callable[[bytes], object]:
    from linnet_exact.models.progress_file import ProgressFile

    def read(data: bytes) -> None:
        (folder / "progress").write_bytes(data)
        with ProgressFile(folder / "progress", {"input": "a"}) as file:
            file.add("tensor w", [{"exact": 2}])

    return read


def survey_seeds() -> list[bytes]:
    header = {"format": "linnet-exact/survey", "version": 1, "input": "a"}
    lines = [header, {"task": "tensor w", "rows": [{"exact": 2}]}]
    return ["".join(json.dumps(line) + "\n" for line in lines).encode()]


HARNESSES = {
    "certificates": of_bytes(certificates, files(GOLDEN, "*.json")),
    "stand-alone": of_bytes(stand_alone, files(GOLDEN, "*.json")),
    "weights": of_bytes(weights, files(GOLDEN, "input.json", "snapped*.json")),
    "matrices": of_bytes(
        matrices, lambda: [b'{"format":"linnet-exact/matrix","version":1,"matrix":[[1,"1/2"]]}']
    ),
    "data": of_bytes(data_files, data_seeds),
    "chain files": of_bytes(chain_files, chain_seeds),
    "rank lists": of_bytes(jsonable, jsonable_seeds),
    "survey": Harness(survey, survey_seeds),
}
