"""Questions about whole models in files: every matrix and head, what heads share, adapters."""

from linnet_exact.models.survey import Survey, survey

__all__ = ["Survey", "survey"]
