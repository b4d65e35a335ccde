"""What everything else takes: networks, bars, barcodes, and how they are written.

In the order in which one would read them: `interval`, `network`, `given`, `rank_list`, `barcode`;
`excess`, a network less a rank; `notation`, `label` and `json_integers`, how they are written.
"""
