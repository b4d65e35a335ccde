"""How many cases a second `refute` tries, beside a plain loop over the strata of the same box.

Run it as `python benchmarks/claims_refute.py`. Expressions over formula quantities must reach
50,000 strata a second, and those about components of fibers 10,000 fibers a second. Every search
starts with empty caches; the times are those of the processor.
"""

from time import process_time

from _measure import forget

from linnet_exact.claims import networks_in_box, refute

STATEMENTS = [
    ("strata", "dim + codim == d_theta"),
    ("strata", "tangent_dim >= dim"),
    ("strata", "r(1, 0) + omega(0, 0) == widths[0]"),
    ("strata", "implies(maximal, not singular)"),
    ("strata", "real_components <= 2 ** L"),
    ("strata", "sum(k - i + 1 for i, k in bars) == sum(widths)"),
    ("covers", "upper.dim > lower.dim"),
    ("pairs", "upper.dim > lower.dim"),
    ("fibers", "fiber.codim >= 0"),
    ("fibers", "fiber.component_dimensions[-1] == fiber.dim"),
]
BOXES = [(3, 3), (4, 3), (4, 4)]


def main() -> None:
    refute("L > 0", "strata", 1, 1)  # modules are loaded
    for depth, width in BOXES:
        print(f"depth <= {depth}, widths <= {width}")
        for over, text in STATEMENTS:
            forget()
            started = process_time()
            found = refute(text, over, depth, width, max_seconds=20)
            assert not found.found, found.counterexample
            _report(over, text, found.checked, process_time() - started)
    forget()
    started = process_time()
    strata = [
        stratum
        for network in networks_in_box(3, 3)
        for fiber in network.fibers()
        for stratum in fiber.strata()
    ]
    total = sum(
        stratum.dimension + stratum.codimension == stratum.fiber.network.weight_dimension
        for stratum in strata
    )
    print("a plain loop, depth <= 3, widths <= 3")
    _report("strata", "dim + codim == d_theta", total, process_time() - started)


def _report(over: str, text: str, checked: int, seconds: float) -> None:
    rate = checked / seconds
    print(f"  {over:<7} {text:<48} {checked:>8} cases {seconds:7.2f} s {rate:>11,.0f} a second")


if __name__ == "__main__":
    main()
