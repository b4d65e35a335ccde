"""The language of expressions about networks.

In reading order: `syntax` bounds and parses, `kinds` says what values there are, `arithmetic`,
`triangles` and `functions` compute; `compiler` holds what the rules in `scalar_rules` and
`sequence_rules` share, and `expression` is the face.
"""
