# cxjourney: `make && sudo make install && make installcheck` build, install and test it like any extension.
# From another directory it builds there: `make -f ../cxjourney/Makefile`.
#
# `make demo`, `make test` and `make test-all` need no compiler and no PostgreSQL: they install what is missing
# and use a private server that is removed again. KEEP=1 keeps the server of the demo running.

# Where this file and the sources are: "./", but for a build from another directory.
HERE := $(dir $(lastword $(MAKEFILE_LIST)))
ifeq ($(realpath $(HERE)),$(CURDIR))
HERE := ./
endif

EXTENSION = cxjourney
MODULE_big = cxjourney
# core/ knows no PostgreSQL; src/ is what SQL calls. Each has a folder a room.
SOURCES := $(sort $(wildcard $(HERE)core/*/*.c $(HERE)src/*/*.c))
INCLUDED := $(wildcard $(HERE)core/*/*.h $(HERE)src/*/*.h)
OBJS := $(patsubst $(HERE)%.c,%.o,$(SOURCES))
PG_CPPFLAGS = -I$(HERE)core -I$(HERE)src
# The scripts of all versions that were released, of this one, and from each to the next.
DATA := $(patsubst $(HERE)%,%,$(sort $(wildcard $(HERE)sql/cxjourney--*.sql)))

# test/sql/ pairs with expected/; the server's own pg_regress finds both. The expected output is that of UTF-8 and of no
# language's order, whatever the cluster's own may be.
REGRESS := $(patsubst $(HERE)test/sql/%.sql,%,$(sort $(wildcard $(HERE)test/sql/*.sql)))
REGRESS_OPTS = --inputdir=$(HERE)test --load-extension=cxjourney
ENCODING = UTF8
NOLOCALE = --no-locale

# PostgreSQL's own headers have parameters that they do not use. From 19 on they need what its configure found in the compiler's
# own standard.
PG_CFLAGS = $(if $(filter 15 16 17 18,$(MAJORVERSION)),-std=gnu11) -Wall -Wextra -Wno-unused-parameter

EXTRA_CLEAN = build results regression.diffs regression.out

PG_CONFIG ?= pg_config
ifeq ($(wildcard $(HERE)cxjourney.control),)
export PROBLEM := make cannot build from another directory when the path to the sources has a blank: change into theirs, and run make there.
else
export PROBLEM := $(shell '$(HERE)test/lib/pg-config-problem' '$(subst ','\'',$(PG_CONFIG))')
endif

ifeq ($(PROBLEM),)
PGXS := $(shell $(PG_CONFIG) --pgxs)

# A server with LLVM wants bitcode as well, which helps its JIT a little. Where its clang is missing, do without.
CLANG_WANTED := $(shell sed -n 's/^CLANG *= *//p' $(dir $(PGXS))../Makefile.global)
ifeq ($(shell command -v '$(CLANG_WANTED)' 2>/dev/null),)
override with_llvm = no
endif

include $(PGXS)

# PGXS hands clang none of the flags above, so that it would not warn when it makes the bitcode.
BITCODE_CFLAGS += $(PG_CFLAGS)

# PGXS follows no headers, so that a changed one would leave stale objects behind.
$(OBJS) $(OBJS:.o=.bc): $(INCLUDED) $(HERE)Makefile

ifneq ($(HERE),./)
# Of the other directory only the sources count. VPATH would find the objects, too, which may be lying there for another PostgreSQL.
srcdir := $(HERE)
override VPATH :=
vpath %.c $(HERE)
vpath %.control $(HERE)
$(shell mkdir -p $(sort $(dir $(OBJS))))

# pg_regress looks for expected/ beside its results.
installcheck: expected
EXTRA_CLEAN += expected
expected:
	ln -s $(abspath $(HERE)expected) $@
endif

installcheck: check-server
check-server:
	@'$(HERE)test/lib/check-server' '$(bindir)/psql' $(MAJORVERSION)
.PHONY: check-server
else
all install installdirs uninstall installcheck check:
	@printf 'cxjourney: %s\n' "$$PROBLEM" >&2; exit 1

clean distclean maintainer-clean:
	rm -f $(MODULE_big).so lib$(MODULE_big).a $(OBJS) $(OBJS:.o=.bc)
	rm -rf $(EXTRA_CLEAN)
.PHONY: all install installdirs uninstall installcheck check clean distclean maintainer-clean
endif

.DEFAULT_GOAL := all

# The install script is put together from its parts; it is committed, and frozen once its version is tagged.
SCRIPT = $(HERE)sql/cxjourney--$(shell sed -n "s/^default_version = '\(.*\)'$$/\1/p" '$(HERE)cxjourney.control').sql

script:
	cat $(sort $(wildcard $(HERE)sql/parts/*.sql)) >$(SCRIPT)

demo:
	@KEEP='$(KEEP)' '$(HERE)demo/run'

test:
	@'$(HERE)test/run' quick

test-all:
	@'$(HERE)test/run' all

.PHONY: script demo test test-all
