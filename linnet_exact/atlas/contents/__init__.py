"""What an atlas holds, and its plan.

In the order in which one would read them: `schema` and `units`, what there is to store;
`planning`, which counts it; `tables`, which makes it.
"""
