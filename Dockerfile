# API and page without torch; the index of the shipped plans is built into the image.
FROM python:3.11-slim AS build
WORKDIR /src
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY ingest ingest
COPY vectorstore vectorstore
COPY bot bot
COPY eval eval
COPY ui ui
RUN python -m venv /opt/metrology \
    && /opt/metrology/bin/pip install --constraint constraints.txt '.[telemetry]' 'psycopg[binary]>=3.2,<4'
ENV METROLOGY_DATA_DIR=/var/lib/metrology
RUN /opt/metrology/bin/metrology build

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin metrology
COPY --from=build /opt/metrology /opt/metrology
COPY --from=build --chown=10001:10001 /var/lib/metrology /var/lib/metrology
ENV PATH=/opt/metrology/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    METROLOGY_DATA_DIR=/var/lib/metrology HOST=0.0.0.0 PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["metrology"]
CMD ["serve"]
