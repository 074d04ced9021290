"""What a request costs when nothing is done for it: the measure of all others. Served in a process of its own."""

from fastapi import FastAPI

app = FastAPI(openapi_url=None)


@app.get("/readyz")
async def ready() -> dict[str, str]:
    return {}


@app.post("/v1/ask")
async def ask() -> dict[str, str]:
    return {}
