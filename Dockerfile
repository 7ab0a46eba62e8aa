# One image for web, worker, beat and migrate; docker-compose.yml says which is which.
FROM python:3.13-slim-bookworm AS packages
RUN python -m venv /opt/venv
COPY requirements-server.lock /tmp/
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --only-binary :all: -r /tmp/requirements-server.lock

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/legevakt --create-home legevakt
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LEGEVAKT_HOME=/var/lib/legevakt
WORKDIR /srv/legevakt
COPY . .
# The settings want their variables; these live for one command and reach no server.
RUN export SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    DATABASE_URL=postgresql://build@127.0.0.1/build REDIS_URL=redis://127.0.0.1 \
    SITE_URL=http://build.invalid EMAIL_URL=memorymail:// \
    && python -m legevakt.lib.translations \
    && python manage.py collectstatic --noinput --verbosity 0
USER legevakt
VOLUME /var/lib/legevakt
EXPOSE 8000
CMD ["gunicorn", "legevakt.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
