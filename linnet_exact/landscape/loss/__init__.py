"""The square loss: what it is measured on, its value and its derivatives."""
