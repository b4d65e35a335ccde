"""The part of check_certificate.py about transport: g = (g_0, ..., g_L) with inverses h_j.

It carries the fiber of W = W_L...W_1, "start", to that of W', "end": g_L W = W' g_0. If it carries
points, then g_j W_j h_{j-1} = W'_j, too.
"""

from checker.document import require, text
from checker.field import Field
from checker.matrices import is_zero, multiply, read_weights, shape, subtract, widths_of


def read_transport(content):
    text(content["carries"], "carries", "point|fiber")
    field = Field(content["field"])
    lists = ("start", "end", "group", "inverses")
    read = {key: read_weights(content[key], key, field) for key in lists}
    return read | {"field": field, "carries": content["carries"]}


def check_transport(claim):
    field, start, end = claim["field"], claim["start"], claim["end"]
    g, h, widths = claim["group"], claim["inverses"], widths_of(start)
    require(widths_of(end) == widths, "the matrices have different widths")
    for matrices in (g, h):
        fits = [shape(M) for M in matrices] == [(d, d) for d in widths]
        require(fits, "the group does not fit the widths")

    def same(one, other):
        return is_zero(subtract(one, other))

    for j, d in enumerate(widths):
        zeros = [[[0] * d for _ in range(d)]] * (field.degree - 1)
        unit = 1, [[[int(r == c) for c in range(d)] for r in range(d)], *zeros]
        require(same(multiply(g[j], h[j], field), unit), f"g_{j} h_{j} is not the identity")
    products = []
    for weights in (start, end):
        product = weights[0]
        for W in weights[1:]:
            product = multiply(W, product, field)
        products.append(product)
    W, V = products
    require(same(multiply(g[-1], W, field), multiply(V, g[0], field)), "g_L W is not W' g_0")
    if claim["carries"] == "point":
        for j, (W, V) in enumerate(zip(start, end, strict=True)):
            moved = multiply(multiply(g[j + 1], W, field), h[j], field)
            require(same(moved, V), f"g_{j + 1} W_{j + 1} h_{j} is not W'_{j + 1}")
    return f"a change of bases carries start to end, {claim['carries']} to {claim['carries']}"
