"""The closure order of strata by moves of bars, without listing strata.

In the order in which one would read them: `moves`, which of them rise and which are covers;
`barcode_moves`, moves by name; `comparison` of two barcodes; `conditions` that cut out a closure;
`signs` of real components; `packed`, barcodes as integers; `shortest`, `greedy` and `route`,
walks between strata.
"""
