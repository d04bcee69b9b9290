# The portal as one image; docker-compose.yml runs it as web, worker and beat.
FROM node:20-bookworm-slim AS front-end
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.11-slim-bookworm
# What official papers are set with: libraries, and free fonts for the faces of GB/T 9704 (an image of the office's own
# that adds 方正小标宋, 仿宋_GB2312, 楷体_GB2312 to /usr/local/share/fonts prints with those).
COPY .ci/paper-fonts /usr/local/bin/paper-fonts
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
    && paper-fonts /usr/local/share/fonts && fc-cache \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 portal
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PORTAL_ENV=production
WORKDIR /portal
COPY requirements.txt ./
RUN pip install --no-deps --require-hashes -r requirements.txt && pip check
COPY --from=front-end /portal/node_modules node_modules
COPY . .
# The variables of this line serve the collecting only; the real ones come with the container.
RUN SECRET_KEY=none-yet ALLOWED_HOSTS=none.yet DATABASE_URL=postgres://none@none/none REDIS_URL=redis://none \
    python manage.py collectstatic --noinput
# Attachments: a volume takes over the owner of the folder it is mounted on.
RUN mkdir -p var/media && chown portal var/media
USER portal
EXPOSE 8000
CMD ["gunicorn", "zhuzun.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
