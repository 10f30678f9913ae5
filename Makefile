# cxjourney: `make && sudo make install && make installcheck` build, install and test it like any extension.
#
# `make demo`, `make test` and `make test-all` need no compiler and no PostgreSQL: they install what is missing
# and use a private server that is removed again. KEEP=1 keeps the server of the demo running.

EXTENSION = cxjourney
MODULE_big = cxjourney
# core/ knows no PostgreSQL; src/ is what SQL calls. Each has a folder a room.
OBJS = $(patsubst %.c,%.o,$(sort $(wildcard core/*/*.c src/*/*.c)))
PG_CPPFLAGS = -I$(srcdir)/core -I$(srcdir)/src
DATA = $(sort sql/cxjourney--1.0.sql $(wildcard sql/*--*--*.sql))

# test/sql/ pairs with expected/; the server's own pg_regress finds both.
REGRESS = $(patsubst test/sql/%.sql,%,$(sort $(wildcard test/sql/*.sql)))
REGRESS_OPTS = --inputdir=test --load-extension=cxjourney

# PostgreSQL's own headers have parameters that they do not use.
PG_CFLAGS = -std=gnu11 -Wall -Wextra -Wno-unused-parameter

EXTRA_CLEAN = results regression.diffs regression.out

PG_CONFIG ?= pg_config
PGXS := $(wildcard $(shell $(PG_CONFIG) --pgxs 2>/dev/null))

ifneq ($(PGXS),)
include $(PGXS)

# PGXS follows no headers, so that a changed one would leave stale objects behind.
HEADERS_USED := $(wildcard core/*/*.h src/*/*.h)
$(OBJS) $(OBJS:.o=.bc): $(HEADERS_USED)
else
all install uninstall installcheck clean check:
	@echo >&2 "cxjourney: '$(PG_CONFIG)' leads to no PostgreSQL server headers."
	@echo >&2 "Install them (on Debian and Ubuntu: postgresql-server-dev-NN) or name another: make PG_CONFIG=/path/to/pg_config"
	@echo >&2 "'make demo' and 'make test' install by themselves what they need."
	@exit 1
.PHONY: all install uninstall installcheck clean check
endif

.DEFAULT_GOAL := all

# The install script is put together from its parts; it is committed, and frozen once its version is tagged.
SCRIPT = sql/cxjourney--1.0.sql

script:
	cat $(sort $(wildcard sql/parts/*.sql)) >$(SCRIPT)

demo:
	@KEEP='$(KEEP)' demo/run

test:
	@test/run quick

test-all:
	@test/run all

.PHONY: script demo test test-all
