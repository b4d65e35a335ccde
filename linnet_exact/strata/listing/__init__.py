"""Every stratum of a fiber, as rows of multiplicities, and what is computed from these rows."""
