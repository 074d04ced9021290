"""Models as ONNX files, run on one thread of the CPU. The one place that imports onnxruntime."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from vectorstore.courtesy import GIVE_WAY

Arrays = Mapping[str, NDArray[np.float32] | NDArray[np.int64]]


class OnnxModel:
    """A model file, opened. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Raises ModelUnavailable when `path` holds no model that can be run."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # a neighbour's core is not ours to wait for
        options.log_severity_level = 3
        try:
            content = path.read_bytes()
            self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        except OSError as error:
            raise ModelUnavailable(str(path), f"cannot read it ({error.strerror})") from error
        except Exception as error:  # onnxruntime's own errors share no base but Exception
            raise ModelUnavailable(str(path), f"it is no model that can be run ({type(error).__name__})") from error
        self.digest = hashlib.sha256(content).hexdigest()[:12]
        self.inputs = frozenset(one.name for one in self._session.get_inputs())

    def run(self, inputs: Arrays) -> list[NDArray[np.float32]]:
        """The outputs in the file's order."""
        GIVE_WAY.get()()
        found: list[NDArray[np.float32]] = self._session.run(None, dict(inputs))
        return found
