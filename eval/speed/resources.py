"""What the process takes: memory, and the time an index takes to build."""

import resource
import sys
import tempfile
from pathlib import Path

from eval.speed.stages import timed
from ingest.model import Plan
from vectorstore.encoder import Encoder
from vectorstore.passages import cut_passages
from vectorstore.store import IndexStore

STATUS = Path("/proc/self/status")
MB = 1024 * 1024


def resident_mb() -> float:
    """Memory the process holds now; where the system does not tell, the most it has held."""
    if STATUS.is_file():
        for line in STATUS.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / MB
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MB if sys.platform == "darwin" else most / 1024


def build_seconds(plans: tuple[Plan, ...], encoder: Encoder) -> float:
    """An index of `plans`, built into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        took, _ = timed(lambda: IndexStore(Path(folder), "", encoder).build(cut_passages(plans), encoder))
    return took / 1000
