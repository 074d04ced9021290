"""Settings from the environment, read once at the entry point and handed down."""

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.records import labels
from bot.records.allowance import KEYS, VISITORS
from ingest.errors import BadSetting


class Settings(BaseSettings):
    """`METROLOGY_<NAME>`, but for the usual `CHROMA_URL`, `DATABASE_URL`, `REDIS_URL` and `LLM_*`."""

    model_config = SettingsConfigDict(env_prefix="METROLOGY_", frozen=True, extra="ignore")

    data_dir: Path = Field(Path("data"), description="Where the index and the records are kept")
    plans_dir: Path | None = Field(None, description="A folder of plans instead of the shipped one")
    embedder: str = Field("encoder", description="encoder, static, a folder, st:<model>, or openai:<model>@<url>")
    embedder_key: str = Field("", repr=False)
    public_url: str = Field("", description="Prefix of links, for use behind a proxy")
    root_path: str = Field(
        "", pattern=r"^(?:/[\w.~-]+)*$", description="The path below which a proxy serves all this, e.g. /bot"
    )
    frame_ancestors: str = Field("'self'", description="Who may embed the page, a CSP source list")
    cors_origins: str = Field("", description="Origins allowed to call the API from a browser, separated by commas")
    max_question: int = Field(2000, ge=1, le=100_000, description="Longest question taken, in characters")
    at_once: int = Field(0, ge=0, le=1000, description="Questions worked on at once; 0 for what the machine can do")
    trusted_proxies: str = Field(
        "127.0.0.1,::1", description="Addresses or networks of proxies whose X-Forwarded-For is believed"
    )
    traces_url: str = Field(
        "", description="An OTLP collector for traces, e.g. http://collector:4317 (extra telemetry)"
    )
    label_generated: str = Field(labels.DEFAULT.generated, description="Marks answers that a model wrote")
    label_extractive: str = Field(labels.DEFAULT.extractive, description="Marks the clauses' own words; empty for none")
    pdf_font: str = Field(
        "", description="A TrueType font that exported PDFs carry along; empty for one that viewers bring"
    )
    llm_base_url: str = Field(
        "",
        validation_alias="LLM_BASE_URL",
        description="An OpenAI-compatible endpoint, e.g. https://api.deepseek.com/v1",
    )
    llm_model: str = Field("", validation_alias="LLM_MODEL", description="Its model's name; empty for no model")
    llm_api_key: str = Field("", validation_alias="LLM_API_KEY", repr=False)
    llm_timeout: float = Field(
        8.0, gt=0, le=600, validation_alias="LLM_TIMEOUT", description="Seconds between two chunks of a reply"
    )
    llm_connect_timeout: float = Field(
        2.0, gt=0, le=60, validation_alias="LLM_CONNECT_TIMEOUT", description="Seconds until the endpoint is reached"
    )
    llm_budget: float = Field(
        8.0, gt=0, le=120, description="Seconds a message may take; then the clauses' own words are the answer"
    )
    chroma_url: str = Field("", validation_alias="CHROMA_URL", description="A Chroma server instead of a folder")
    database_url: str = Field("", validation_alias="DATABASE_URL", repr=False)
    redis_url: str = Field("", validation_alias="REDIS_URL", repr=False, description="Where processes share counts")
    retention_days: int = Field(180, ge=0, description="Days that questions and ratings are kept; 0 for ever")
    audit_days: int = Field(730, ge=0, description="Days that the audit trail is kept; 0 for ever")
    secret: str = Field("", repr=False, description="Keys the hashes of users; made in the data directory when not set")
    open: bool = Field(False, description="Whether anyone may ask from elsewhere while there is no API key")
    key_per_minute: int = Field(KEYS.per_minute, ge=0, description="Requests of an API key; 0 for no bound")
    key_per_day: int = Field(KEYS.per_day, ge=0)
    visitor_per_minute: int = Field(VISITORS.per_minute, ge=0, description="Requests of an address without a key")
    visitor_per_day: int = Field(VISITORS.per_day, ge=0)
    api_url: str = Field("", description="The API that `metrology page` asks, e.g. http://api:8000")
    api_key: str = Field("", repr=False, description="The key it shows there, of the scope page")
    wechat_app_id: str = Field("", description="AppID of the WeChat official account whose followers are answered")
    wechat_token: str = Field("", repr=False, description="The Token of its callback")
    wechat_aes_key: str = Field("", repr=False, description="Its EncodingAESKey; empty in plain mode")
    wecom_corp_id: str = Field("", description="CorpID of the enterprise whose WeCom (企业微信) application answers")
    wecom_token: str = Field("", repr=False, description="The Token of its callback")
    wecom_aes_key: str = Field("", repr=False, description="Its EncodingAESKey")

    @field_validator("label_generated")
    @classmethod
    def _says_so(cls, wording: str) -> str:
        if not labels.SAYS_GENERATED.search(wording):
            raise ValueError(
                "a label that says 人工智能生成, 人工智能合成, AI生成 or AI合成, as the labelling rules ask"
            )
        return wording


def read_settings() -> Settings:
    """Raises BadSetting naming the variable, its value and what is expected."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise BadSetting(name, first.get("input"), first["msg"]) from error
