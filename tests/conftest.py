"""What every test folder may ask for."""

import pytest

from ingest.load import load_shipped_plans
from ingest.model import Plan


@pytest.fixture(scope="session")
def plans() -> dict[str, Plan]:
    """The five shipped plans by id."""
    return {plan.id: plan for plan in load_shipped_plans().plans}
