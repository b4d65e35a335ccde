"""PyTorch files written byte by byte, as no honest writer would."""

import io
import pickle
import zipfile

MAGIC = 0x1950A86A20F9469CFC6C


def plain(value: object) -> bytes:
    """Return the opcodes of a value without the beginning and the end of a pickle."""
    return pickle.dumps(value, 2)[2:-1]


def named(module: str, name: str) -> bytes:
    return f"c{module}\n{name}\n".encode()


def tensor(key="0", count=6, offset=0, shape=(2, 3), strides=(3, 1), storage="Float") -> bytes:
    identifier = plain("storage") + named("torch", f"{storage}Storage")
    identifier += plain(key) + plain("cpu") + plain(count)
    arguments = b"(" + identifier + b"tQ" + b"".join(map(plain, (offset, shape, strides)))
    hooks = named("collections", "OrderedDict") + b")R"
    return named("torch._utils", "_rebuild_tensor_v2") + b"(" + arguments + b"\x89" + hooks + b"tR"


def state(**tensors: bytes) -> bytes:
    """Return the pickle of a dictionary, from names to opcodes."""
    items = b"".join(plain(name) + value for name, value in tensors.items())
    return b"\x80\x02}(" + items + b"u."


def legacy(value: bytes, *storages: tuple[str, int, bytes]) -> bytes:
    keys = [key for key, _, _ in storages]
    before = b"".join(pickle.dumps(part, 2) for part in (MAGIC, 1001, {"little_endian": True}))
    after = b"".join(count.to_bytes(8, "little") + data for _, count, data in storages)
    return before + value + pickle.dumps(keys, 2) + after


def archive(value: bytes, compression=zipfile.ZIP_STORED, byteorder=b"little", **storages) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as file:
        file.writestr("a/data.pkl", value)
        file.writestr("a/byteorder", byteorder)
        for key, data in storages.items():
            file.writestr(f"a/data/{key.removeprefix('_')}", data)
    return stream.getvalue()
