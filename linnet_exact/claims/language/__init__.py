"""The language of expressions about networks: syntax, kinds, rules, compiler."""
