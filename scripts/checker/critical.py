"""The part of check_certificate.py about critical points of the square loss; see there.

A certificate of kind "critical" claims what the loss 1/2 tr(W S W^T) - tr(W C^T) + energy/2 looks
like at matrices W_1, ..., W_L, where W = W_L...W_1, S = "sigma" and C = "gamma", over Q or, since
version 3, over a field Q(a) with a real embedding, which tells the signs:

"not critical"        the gradient (W_L...W_{j+1})^T (W S - C) (W_{j-1}...W_1)^T is not 0; else it
                      is;
"strict saddle"       the second derivative in the direction given is negative;
"non-strict saddle"   the Hessian H is L D L^T with positive D (its rows in the order given), W S is
                      not C, and the rank of W is below every width;
"global minimum"      W S = C; or the rank r of W is the least width, C S^-1 C^T has r eigenvalues
                      above the number given, and on the columns of W, which it maps to themselves,
                      only such.
"""

from fractions import Fraction

from checker.document import expect, items, members, natural, number, require, text
from checker.field import Field
from checker.matrices import read_weights, widths_of
from checker.numbers import (
    dot,
    echelon,
    eye,
    flip,
    is_zero,
    minus,
    numbers_of,
    plus,
    positive_eigenvalues,
    read_list,
    read_number,
    read_rows,
    times,
    trace,
)

POINTS = "not critical|strict saddle|non-strict saddle|global minimum"


def read_critical(content):
    rational = content["field"] == "QQ"
    expect(rational == (content["version"] < 3), "field must be 'QQ' before version 3, not since")
    point, field = text(content["point"], "point", POINTS), Field(content["field"])
    return {
        "field": field,
        "weights": read_weights(content["weights"], "weights", field),
        "sigma": read_rows(content["sigma"], "sigma", field),
        "gamma": read_rows(content["gamma"], "gamma", field),
        "energy": read_number(content["energy"], "energy", field),
        "loss": read_number(content["loss"], "loss", field),
        "point": point,
        "proof": read_proof(content["proof"], point, field),
    }


def read_proof(value, point, field):
    if point == "strict saddle":
        return read_list(members(value, "proof", ["direction"])["direction"], "direction", field)
    if point == "non-strict saddle":
        members(value, "proof", ["order", "lower", "pivots"])
        order = items(value["order"], "order", natural)
        pivots = items(value["pivots"], "pivots", lambda pivot, at: read_number(pivot, at, field))
        if pivots:
            return order, read_rows(value["lower"], "lower", field), pivots
        empty = isinstance(value["lower"], list) and all(row == [] for row in value["lower"])
        expect(empty, "without pivots L has no columns")
        return order, value["lower"], pivots
    if point == "global minimum" and value != {}:
        return number(members(value, "proof", ["between"])["between"], "between")
    members(value, "proof", [])
    return None


def second_derivative(weights, direction, S, G):
    """Of the loss along W_j + t X_j, from the terms up to t^2 of their product."""
    shapes = [(len(W), len(W[0])) for W in weights]
    require([(len(X), len(X[0])) for X in direction] == shapes, "the direction does not fit")
    constant = eye(len(S))
    linear = square = [[Fraction(0)] * len(S) for _ in S]
    for W, X in zip(weights, direction, strict=True):
        square = plus(times(W, square), times(X, linear))
        linear = plus(times(W, linear), times(X, constant))
        constant = times(W, constant)
    return trace(times(times(linear, S), flip(linear))) + 2 * trace(times(flip(G), square))


def hessian(weights, S, G):
    """The matrix of the form that second_derivative is; the entries of W_1 come first, by rows.

    With A_j = W_L...W_{j+1}, B_j = W_{j-1}...W_1 and D = sum of the A_j X_j B_j the form is
    tr(D S D^T) + 2 (sum over i < j of tr(G^T A_j X_j M X_i B_i)) with M = W_{j-1}...W_{i+1}.
    """
    below, above = [eye(len(S))], [eye(len(G))]
    for W, V in zip(weights[:-1], weights[:0:-1], strict=True):
        below.append(times(W, below[-1]))
        above.insert(0, times(above[0], V))
    layers, blocks = range(len(weights)), {}
    for j in layers:
        M = eye(len(weights[j][0]))
        for i in reversed(range(j + 1)):
            P, Q = times(flip(above[j]), above[i]), times(times(below[j], S), flip(below[i]))
            R = times(times(flip(above[j]), G), flip(below[i])) if i < j else None
            blocks[j, i] = block(P, Q, R, M)
            blocks[i, j] = flip(blocks[j, i])
            M = times(M, weights[i]) if i < j else M
    beside = [zip(*(blocks[j, i] for i in layers), strict=True) for j in layers]
    return [[x for part in parts for x in part] for rows in beside for parts in rows]


def block(P, Q, R, M):
    """By the entries (a, b) of X_j and (c, d) of X_i: P_ac Q_bd, and R_ad M_bc unless i = j."""
    return [
        [
            P[a][c] * Q[b][d] + (R[a][d] * M[b][c] if R else 0)
            for c in range(len(P[0]))
            for d in range(len(Q[0]))
        ]
        for a in range(len(P))
        for b in range(len(Q))
    ]


def check_critical(claim):
    field = claim["field"]
    field.require_real()
    weights = [numbers_of(matrix, field) for matrix in claim["weights"]]
    S, C, point, proof = claim["sigma"], claim["gamma"], claim["point"], claim["proof"]
    widths = widths_of(claim["weights"])
    fits = (len(S), len(S[0])) == (widths[0],) * 2
    require(fits and (len(C), len(C[0])) == (widths[-1], widths[0]), "the data does not fit")
    require(flip(S) == S, "sigma is not symmetric")
    negative = positive_eigenvalues([[-x for x in row] for row in S])
    require(negative == 0, "sigma has a negative eigenvalue")
    require(len(echelon(S + C)[1]) == len(echelon(S)[1]), "gamma is not in the row space of sigma")
    below = [eye(len(S))]
    for W in weights:
        below.append(times(W, below[-1]))
    W = below[-1]
    above = [eye(len(W))]
    for V in reversed(weights[1:]):
        above.append(times(above[-1], V))
    G = minus(times(W, S), C)
    half = Fraction(1, 2)
    loss = (trace(times(times(W, S), flip(W))) + claim["energy"]) * half - trace(times(W, flip(C)))
    require(claim["loss"] == loss, f"the loss is {loss}")
    gradient = [
        times(times(flip(A), G), flip(B)) for A, B in zip(reversed(above), below[:-1], strict=True)
    ]
    critical = all(is_zero(part) for part in gradient)
    require(critical == (point != "not critical"), "the gradient says otherwise")
    if point == "strict saddle":
        require(second_derivative(weights, proof, S, G) < 0, "the direction does not fall")
    elif point == "non-strict saddle":
        check_semidefinite(hessian(weights, S, G), *proof)
        rank = len(echelon(W)[1])
        require(not is_zero(G), "it is a global minimum")
        require(all(rank < size for V in weights for size in (len(V), len(V[0]))), "a width is r")
    elif point == "global minimum":
        check_minimum(weights, W, S, C, G, proof)
    return f"critical point of the square loss: {point}, loss {loss}"


def check_semidefinite(H, order, L, pivots):
    require(sorted(order) == list(range(len(H))), "the order is no order of the rows")
    require(all(pivot > 0 for pivot in pivots), "a pivot is not positive")
    require(len(L) == len(H) and len(L[0]) == len(pivots), "L does not fit")
    LD = [[x * d for x, d in zip(row, pivots, strict=True)] for row in L]
    for i, row in enumerate(LD):
        for j, other in enumerate(L):
            require(dot(row, other) == H[order[i]][order[j]], "H is not L D L^T")


def check_minimum(weights, W, S, C, G, cut):
    if is_zero(G):
        require(cut is None, "nothing is left to prove")
        return
    require(cut is not None, "the proof must be a number between two eigenvalues")
    least = min(size for V in weights for size in (len(V), len(V[0])))
    basis, _ = echelon(flip(W))  # rows that span the columns of W
    require(len(basis) == least, "the rank of W is not the least width")
    reduced, pivots = echelon([s + c for s, c in zip(S, flip(C), strict=True)])
    require(pivots == list(range(len(S))), "sigma is singular")
    T = times(C, [row[len(S) :] for row in reduced])
    images = times(basis, T)
    require(len(echelon(basis + images)[1]) == least, "the columns of W span no eigenvectors")
    shifted = minus(T, [[cut * x for x in row] for row in eye(len(T))])
    require(positive_eigenvalues(shifted) == least, "another number of eigenvalues is larger")
    on_columns = times(times(basis, shifted), flip(basis))
    require(positive_eigenvalues(on_columns) == least, "they are not the largest eigenvalues")
