# Production image of Lishu Law: hash-locked packages, no compiler, no package cache, an ordinary user, nothing written
# outside /tmp and the volumes. The same image runs web, worker, beat, set-up and the mock exchange.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
COPY requirements/runtime.txt /build/runtime.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir --require-hashes --no-deps --compile -r /build/runtime.txt

# 仿宋 for official documents: only the font files of a package that would pull in twenty others.
FROM ${PYTHON_IMAGE} AS fonts
WORKDIR /fonts
RUN apt-get update \
    && apt-get download -o APT::Sandbox::User=root texlive-lang-chinese \
    && dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb \
        | tar -x --wildcards --strip-components=9 '*/fandol/Fandol[FHKS]*.otf' \
    && rm texlive-lang-chinese_*.deb

FROM ${PYTHON_IMAGE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-babelstone-han tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 lishu \
    && useradd --system --uid 10001 --gid lishu --home-dir /nonexistent --shell /usr/sbin/nologin lishu \
    && install -d -o lishu -g lishu -m 0700 /var/lib/lishu /var/lib/lishu/media /var/lib/lishu/mock /var/lib/lishu/register
COPY --from=packages /opt/venv /opt/venv
COPY --from=fonts /fonts /usr/local/share/fonts/fandol
COPY manage.py /app/
COPY lishu_law /app/lishu_law
COPY cases /app/cases
COPY inspections /app/inspections
COPY disclosure /app/disclosure
COPY templates /app/templates
COPY static /app/static
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUTF8=1 \
    PYTHONUNBUFFERED=1 \
    LISHU_DEBUG=0 \
    LISHU_DEMO=0 \
    LISHU_HOME=/var/lib/lishu \
    LISHU_MEDIA_ROOT=/var/lib/lishu/media \
    LISHU_STATIC_ROOT=/app/static_collected \
    LISHU_FONT_DIR=/usr/local/share/fonts/fandol
# The values of this line exist for this command only: collecting files needs settings that load, nothing more.
RUN LISHU_SECRET_KEY=build LISHU_FIELD_KEY=$(printf '0%.0s' $(seq 64)) DATABASE_URL=postgresql:///none REDIS_URL=redis://none \
        python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q /app
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "lishu_law.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "sync", "--workers", "4", \
     "--logger-class", "lishu_law.access_log.QuietLogger", \
     "--timeout", "60", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
