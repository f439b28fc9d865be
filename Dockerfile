# docker build -t foedus .        podman build -t foedus .
# docker run --rm -v "$PWD":/work foedus forecast my-case
FROM python:3.12-slim

WORKDIR /opt/foedus
COPY requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && useradd --create-home --uid 1000 foedus

USER 1000
WORKDIR /work
ENTRYPOINT ["foedus"]
CMD ["--help"]
