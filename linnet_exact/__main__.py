"""`python -m linnet_exact` is the console script `linnet-exact`."""

import sys

from linnet_exact.cli.entry import main

sys.exit(main())
