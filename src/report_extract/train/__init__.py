"""From corpora to a model folder; the only part of the package that needs the `train` extra."""

from __future__ import annotations

from importlib.util import find_spec

from report_extract.errors import EnvironmentFault

_NEEDED = ("torch", "safetensors", "onnx")


def require_extra() -> None:
    """Checks that what training needs is installed.

    Raises:
        EnvironmentFault: when it is not; the message says what to install.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise EnvironmentFault(
            f"training needs {', '.join(missing)}; install the extra: pip install 'report-extract[train]'"
        )
