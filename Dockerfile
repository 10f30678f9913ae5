# The official PostgreSQL image with cxjourney: docker build --build-arg PG_MAJOR=17 -t postgres-cxjourney .
# Then, in a database: CREATE EXTENSION cxjourney
ARG PG_MAJOR=17

FROM postgres:${PG_MAJOR} AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev make "postgresql-server-dev-$PG_MAJOR" \
    && rm -rf /var/lib/apt/lists/*
COPY . /cxjourney
RUN make -C /cxjourney -j "$(nproc)" with_llvm=no all \
    && make -C /cxjourney with_llvm=no DESTDIR=/installed install

FROM postgres:${PG_MAJOR}
COPY --from=build /installed /
