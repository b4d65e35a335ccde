"""Files in and out; nothing in a file is ever run."""

from linnet_exact.files.certificates.checking import check_certificate
from linnet_exact.files.certificates.rank_list import rank_list_certificate
from linnet_exact.files.certificates.sealing import input_record
from linnet_exact.files.data_file import read_data, read_target
from linnet_exact.files.json_text import read_json
from linnet_exact.files.json_weights import matrix_to_jsonable, weights_to_jsonable
from linnet_exact.files.reading import read_matrix, read_weights
from linnet_exact.files.source import Source
from linnet_exact.files.tensors.formats import open_tensors
from linnet_exact.files.writing import write_weights

__all__ = [
    "Source",
    "check_certificate",
    "input_record",
    "matrix_to_jsonable",
    "open_tensors",
    "rank_list_certificate",
    "read_data",
    "read_json",
    "read_matrix",
    "read_target",
    "read_weights",
    "weights_to_jsonable",
    "write_weights",
]
