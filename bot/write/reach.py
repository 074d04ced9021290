"""Is the model's endpoint there, does it know the key and the name? One question, for an operator who sets it up."""

import httpx

from ingest.errors import ModelUnavailable

REFUSED = (401, 403)


def require_endpoint(base_url: str, model: str, key: str, seconds: float) -> None:
    """Raises ModelUnavailable. An endpoint that lists no models is believed; the key is never repeated."""
    url = f"{base_url.rstrip('/')}/models"
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = httpx.get(url, headers=headers, timeout=seconds)
    except httpx.HTTPError as error:
        raise ModelUnavailable(base_url, type(error).__name__) from error
    if answer.status_code in REFUSED:
        raise ModelUnavailable(base_url, "it refuses the key (LLM_API_KEY)")
    if answer.status_code >= 500:
        raise ModelUnavailable(base_url, f"it answers {answer.status_code}")
    names = _names(answer)
    if names and model not in names:
        raise ModelUnavailable(base_url, f"it has no model '{model}', but {', '.join(sorted(names)[:5])} (LLM_MODEL)")


def _names(answer: httpx.Response) -> set[str]:
    try:
        return {str(each["id"]) for each in answer.json()["data"]}
    except (ValueError, KeyError, TypeError):
        return set()
