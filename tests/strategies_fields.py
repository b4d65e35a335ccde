"""Number fields to test over: degrees 1 to 8, and what makes each of them different."""

from linnet_exact.algebra.fields.number_field import NumberField

QUADRATIC = NumberField("sqrt(2)")
IMAGINARY = NumberField([5, 2, 1], generator="w")  # no real embedding
CUBIC = NumberField([-1, -5, 1, 3], generator="b", near=1)  # 3x^3 + ...: b is not integral
QUARTIC = NumberField("sqrt(2) + sqrt(3)")
OCTIC = NumberField("sqrt(1 + sqrt(2))", "sqrt(5)", generator="t")
TRIVIAL = NumberField([-3, 2])  # degree 1: Q, its generator being 3/2

NUMBER_FIELDS = [QUADRATIC, IMAGINARY, CUBIC, QUARTIC, OCTIC, TRIVIAL]
REAL_FIELDS = [field for field in NUMBER_FIELDS if field.root is not None]
