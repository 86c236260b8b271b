# SPDX-License-Identifier: MIT
# The tree is the list: a new file in a room of runtime/, bench/ or tests/, or a new
# folder below patterns/, needs no change here.
#
# A target that may be typed has a comment that begins with ##; `make help` prints it.

# 1. What can be chosen: TIPS= a folder of tips of your own, B= where to build, CC=, CXX=, OPT=,
# EXTRA= more flags, V=1 to see the commands, EXPLORE=1 the runtime's deterministic mode.  CC, CXX,
# CFLAGS, CXXFLAGS, CPPFLAGS and LDFLAGS are taken from the environment, too; flags stand behind the
# project's own.

# Names from outside are taken as they are, before anything could read a $ in them (grading.mk).
override SRC := $(value SRC)
override DIR := $(value DIR)
override JSON := $(value JSON)
override TIP := $(value TIP)
override TIPS := $(value TIPS)
override PORT := $(value PORT)
override ADDRESS := $(value ADDRESS)
export SRC DIR JSON TIP TIPS PORT ADDRESS

# The tree that the tips are in: patterns, or TIPS, with a build of its own in it.
ifneq ($(TIPS),)
TREE_WRONG := $(shell patterns/tree.sh '$(subst ','\'',$(TIPS))' '$(subst ','\'',$(B))' '$(MAKECMDGOALS)')
$(if $(TREE_WRONG),$(error $(TREE_WRONG)))
endif
TREE    := $(if $(TIPS),$(abspath $(TIPS)),patterns)
B       ?= $(if $(TIPS),$(TREE)/.twinbench,build)
# The objects of two trees in one folder would be taken for each other's.
BUILT_OF := $(file <$(B)/entries.tree)
ifneq ($(BUILT_OF),$(and $(TIPS),$(wildcard $(B)/entries.tips),$(TREE)))
$(if $(filter new-tip help clean,$(MAKECMDGOALS)),,$(error \
    twinbench: B=$(B) holds what was built of the tips in $(or $(BUILT_OF),patterns); remove it, or give another B=))
endif
# What does not depend on the tips need not be compiled again, unless it is to be otherwise.
OTHERWISE := $(filter command environment,$(foreach v,CC CXX CFLAGS CPPFLAGS CXXFLAGS OPT EXTRA EXPLORE,$(origin $(v))))
$(if $(TIPS),$(if $(OTHERWISE)$(filter new-tip help clean,$(MAKECMDGOALS))$(wildcard $(B)/bench),,$(shell patterns/seed.sh $(B))))
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
CXX     := $(if $(filter default,$(origin CXX)),g++,$(CXX))
OPT     ?= -O2
Q       := $(if $(V),,@)
PYTHON  := /usr/bin/python3
# Our files are UTF-8, whatever this person's terminal speaks.
export PYTHONUTF8 := 1

# What was added stands here, also for the makes below this one, whose CFLAGS have it already.
export ADDED_CFLAGS   := $(or $(ADDED_CFLAGS),$(CFLAGS))
export ADDED_CPPFLAGS := $(or $(ADDED_CPPFLAGS),$(CPPFLAGS))
export ADDED_CXXFLAGS := $(or $(ADDED_CXXFLAGS),$(CXXFLAGS))

override CFLAGS := -std=gnu17 $(OPT) -g -Wall -Wextra -Wshadow -Wno-missing-field-initializers \
            -fstack-clash-protection -pthread \
            $(if $(EXPLORE),-DTWIN_EXPLORE -include runtime/explore/explore.h) $(ADDED_CFLAGS) $(EXTRA)
override CXXFLAGS := -std=c++17 $(OPT) -g -Wall -Wextra -pthread $(ADDED_CXXFLAGS) $(EXTRA)
override CPPFLAGS = -iquote runtime -iquote patterns -iquote bench -iquote tests/lib -iquote $(B) -D_GNU_SOURCE -MMD -MP \
                    -DTWIN_PROGRAM $(ADDED_CPPFLAGS)
LDLIBS  := -lgc -ljansson -lprotobuf-c -lz -lm
HARNESS_LIBS := -lbenchmark -lmicrohttpd -lpcre2-8

# On any other processor every file would fail to compile.  (No answer: no compiler yet.)
MACHINE := $(shell $(CC) -dumpmachine 2>/dev/null)
ifneq ($(findstring musl,$(MACHINE))$(findstring darwin,$(MACHINE))$(findstring mingw,$(MACHINE)),)
$(error twinbench: $(MACHINE) is not Linux with glibc, which this is for; README.md, "Elsewhere", has a container)
endif
ifneq ($(MACHINE),$(filter x86_64-% aarch64-%,$(MACHINE)))
$(error twinbench: this compiler is for $(MACHINE); runtime/core/switch.h knows x86-64 and aarch64)
endif

VERSION := $(file <VERSION)

# 2. What there is.

# "leaks/range-unclosed".  Of a pair in Go alone the data may be a tip.toml; where the page says why
# there are no twins in C, there are none.
IN_TOML := $(patsubst $(TREE)/%/tip.toml,%,$(wildcard $(TREE)/*/*/tip.toml))
NAMES   := $(sort $(patsubst $(TREE)/%/tip.c,%,$(wildcard $(TREE)/*/*/tip.c)) $(IN_TOML))
WORDS   := $(NAMES:%=$(TREE)/%/README.md)
GO_ALONE := $(patsubst $(TREE)/%/README.md,%,$(shell grep -ls '^## No twin in C' /dev/null $(WORDS)))
SYMPTOMS := $(firstword $(wildcard $(TREE)/SYMPTOMS.md) patterns/SYMPTOMS.md)

# The deterministic mode has a scheduler and a clock of its own.
LEFT_OUT := $(if $(EXPLORE),runtime/core/sched.c runtime/core/clock.c,$(wildcard runtime/explore/*.c))
# What answers HTTP is linked only where there is libmicrohttpd.
PAGES   := $(patsubst %.c,$(B)/%.o,$(wildcard runtime/pages/*.c))
RUNTIME := $(filter-out $(PAGES),$(patsubst %.c,$(B)/%.o,$(filter-out $(LEFT_OUT),$(wildcard runtime/*/*.c))))
BENCH   := $(patsubst %.c,$(B)/%.o,$(wildcard bench/*/*.c)) $(B)/bench/inside/gbench.o $(PAGES)
# A test and the experiment have a main() of their own.
HARNESS := $(filter-out $(B)/bench/cmd/main.o,$(BENCH))
MESSAGES := $(patsubst $(TREE)/%.proto,$(B)/patterns/%.pb-c,$(wildcard $(TREE)/*/*/*.proto))
faces    = tip $(if $(filter $(1),$(GO_ALONE)),,bad good)
PATTERNS := $(foreach t,$(NAMES),$(foreach f,$(call faces,$(t)),$(B)/patterns/$(t)/$(f).o)) $(B)/entries.o
TESTS   := $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c))

# What Debian and Ubuntu call the things that each target needs; "this|or that" where they differ.
DEPS_BUILD := build-essential libbenchmark-dev libgc-dev libjansson-dev libmicrohttpd-dev libmimalloc-dev \
              libpcre2-dev zlib1g-dev libprotobuf-c-dev protobuf-c-compiler
DEPS_BENCH := "gnuplot-nox|gnuplot-qt|gnuplot-x11" hyperfine librsvg2-bin fonts-dejavu-core python3 python3-jinja2 \
              python3-pygments
DEPS_TEST  := libcmocka-dev bubblewrap perl "pkg-config|pkgconf" python3-nbclient python3-ipykernel python3-pandas python3-jsonschema \
              "clang-format-19|clang-format"

# 3. What can be asked for.  Each target sees to what it needs by itself:
#    $(call ready,packages,targets) installs those packages and makes those targets.

define ready
$(Q)bench/deps.sh $(1)
+$(Q)$(MAKE) --no-print-directory -j$$(nproc) $(2)
endef

# $(call a_tip,what to type): ends with status 2 unless TIP names one.
a_tip = $(Q)[ -n "$$TIP" ] && { [ -f "$(TREE)/$$TIP/tip.c" ] || [ -f "$(TREE)/$$TIP/tip.toml" ]; } || \
        { echo "twinbench: $${TIP:+no tip '$$TIP'; }$(1); the tips: $(B)/twinbench list --names" >&2; exit 2; }

# $(call some,tests): those, of which there must be some; prove alone is content with the others.
some = $(or $(strip $(1)),$(error twinbench: there is no test to run))

.PHONY: all help deps bench report plots picture columns check lint-tip new-tip lesson demo calibrate test test-all test-report clean

### Measure

## build/twinbench, and the twins in each Go here
##   B=folder  V=1  CC=clang  OPT=-O1  EXTRA=flags  EXPLORE=1
all: $(B)/twinbench go-twins

## every pair measured, decided, drawn, in C and each Go here
##   QUICK=1  TIP=family/tip  RESUME=1  TIPS=folder of yours
##   FAIL_ON=unexpected  GO=none
bench:
	$(say_go)
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_GO),all placements)
	$(Q)$(B)/twinbench bench $(if $(QUICK),--quick) $(if $(TIP),--tip $(TIP)) $(if $(RESUME),--resume) \
		$(if $(FAIL_ON),--fail-on $(FAIL_ON))

## charts and report.html of the newest run once more
##   RUN=results/...
report plots:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH),$(B)/twinbench)
	$(Q)$(B)/twinbench report $(RUN)

## how small a difference this machine can tell: nine minutes
##   QUICK=1 for one  TIP=family/tip
calibrate:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH),$(B)/twinbench)
	$(Q)$(B)/twinbench calibrate $(if $(QUICK),--quick) $(if $(TIP),--tip $(TIP))

### Learn

## one tip on a terminal: read, predict, run, see
##   TIP=family/tip
lesson:
	$(call a_tip,make lesson TIP=family/tip)
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH),all)
	$(Q)B=$(B) $(PYTHON) notebooks/lesson.py $(TIP)

## bad and good behind HTTP, loaded alike: watch them leak
##   TIP=family/tip  SECONDS=2400
##   ADDRESS=0.0.0.0 lets the class in  PORT=n
demo:
	$(call a_tip,make demo TIP=family/tip)
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) wrk,$(B)/twinbench)
	$(Q)$(PYTHON) bench/serve/demo.py $(TIP) --program $(B)/twinbench $(if $(SECONDS),--seconds '$(SECONDS)') \
		$${ADDRESS:+--address "$$ADDRESS"} $${PORT:+--port "$$PORT"}

### Prove

# Three at a time for each processor, for many of them mostly wait.  What takes longest comes first,
# as measured, so that the last to end is a short one.  What several of them need is built before: then
# they have nothing to wait for each other.
TEST_JOBS = $(shell n=$$(nproc); echo $$((n < 4 ? 3 * n : 12)))

## the tests of everything, some of them on a part
test:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_TEST),all $(TESTS))
	+$(Q)$(MAKE) --no-print-directory -j$$(nproc) PLACEMENTS=$(if $(TEST_ALL),64,16) $(B)/placements/complete
	+$(Q)$(MAKE) --no-print-directory -j$$(nproc) B=build/seed EXPLORE=1 build/seed/explore build/seed/abba
	+$(Q)$(MAKE) -s --no-print-directory differential >/dev/null
	+$(Q)$(MAKE) -s --no-print-directory grade-objects TIP=leaks/range-unclosed
	+$(Q)$(MAKE) --no-print-directory -j$$(nproc) $(LIBS)
	$(Q)B=$(B) prove -j$(TEST_JOBS) --timer --exec tests/lib/run $(LONGEST_TESTS) \
		$(filter-out $(LONGEST_TESTS),$(call some,$(OTHER_TESTS)) $(call some,$(TESTS)))

LONGEST_TESTS := $(B)/tests/bench/test_bench $(wildcard $(patsubst %,tests/%.t,\
    fleet/slurm commands/lint commands/go commands/check commands/plots commands/watch commands/outside \
    commands/ab_commits commands/placements grade/honest grade/hostile grade/grade grade/fence grade/drill grade/settings commands/kill))
OTHER_TESTS := $(wildcard tests/commands/*.t tests/grade/*.t) $(filter-out tests/commands/% tests/grade/%,$(wildcard tests/*/*.t))

## the same on all that there is: every file, every notebook
test-all:
	+$(Q)TEST_ALL=1 GRADE_ALL=1 LAB_ALL=1 ROUNDS=20 TEST_SECONDS=40000 $(MAKE) --no-print-directory test

## the report in Chromium; `make test` skips that without one
test-report:
	$(Q)bench/deps.sh $(DEPS_BENCH) perl "chromium|chromium-browser"
	$(Q)prove -v --exec tests/lib/run tests/commands/report.t

## the claims that are counts, a line each
##   TIP=family/tip
check:
	$(call ready,$(DEPS_BUILD),all)
	$(Q)$(B)/twinbench check $(TIP)

## every piece that a tip lacks, in a sentence
##   TIP=family/tip
lint-tip:
	$(Q)bench/deps.sh $(DEPS_BUILD)
	$(Q)B=$(B) MAKE='$(MAKE)' patterns/lint.sh "$$TIP"

## a folder for a tip of yours; see patterns/README.md
##   TIP=family/name  TIPS=folder  IN=go
new-tip:
	$(Q)patterns/new-tip.sh "$$TIP" $(IN)

### Keep up

## install what is missing; the others do this by themselves
deps:
	$(Q)bench/deps.sh $(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_TEST)

## bench/COLUMNS.md again, after a column was added
columns: $(B)/twinbench
	$(Q)$(B)/twinbench list --columns > bench/COLUMNS.md.new
	$(Q)mv bench/COLUMNS.md.new bench/COLUMNS.md

## the README's pictures: board and ageing of the newest run
picture:
	$(Q)cp results/latest/charts/board.png plots/board.png
	$(Q)[ ! -e results/latest/charts/ageing.svg ] || cp results/latest/charts/ageing.svg plots/ageing.svg

## this list
help:
	@awk -f bench/help.awk Makefile $(PARTS)

## remove build/
clean:
	rm -rf $(if $(TIPS),$(TREE)/.twinbench,build)

# 4. How it is built: a line for each object, all of it with V=1.

say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2);)

# $(call link_harness,objects,more libraries)
link_harness = $(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $(1) $(HARNESS_LIBS) $(2) $(LDLIBS)

$(B)/twinbench: $(BENCH) $(PATTERNS) $(RUNTIME)
	$(Q)rm -f $(B)/placements/complete
	$(call say,LINK,$@)$(call link_harness,$^)

# $(call cc_tip,leaks/range-unclosed/bad): what THIS stands for follows from the path.
cc_tip = $(call say,CC,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -DTHIS=$(subst -,_,$(subst /,_,$(1))) -c -o $@ $<

$(B)/patterns/%.o: $(TREE)/%.c
	$(call cc_tip,$*)

# The tip.c of a tip.toml is written here, and is like any other.
$(IN_TOML:%=$(B)/patterns/%/tip.c): $(B)/patterns/%/tip.c: $(TREE)/%/tip.toml patterns/toml.py bench/inside/sample.h
	$(call say,TOML,$<)mkdir -p $(@D) && $(PYTHON) patterns/toml.py $< > $@.new && mv $@.new $@

$(IN_TOML:%=$(B)/patterns/%/tip.o): $(B)/patterns/%/tip.o: $(B)/patterns/%/tip.c
	$(call cc_tip,$*/tip)

# protobuf-c makes C of each .proto; the tip.c beside it includes that.
$(PATTERNS): | $(MESSAGES:=.c)

$(B)/patterns/%.pb-c.c $(B)/patterns/%.pb-c.h: $(TREE)/%.proto
	$(call say,PROTO,$<)mkdir -p $(@D) && protoc-c --proto_path=$(<D) --c_out=$(@D) $<

# The compiler does not report what .incbin includes, so make is told here; a link-time
# optimiser does not find it.
$(B)/bench/ab/go_benchmarks.o $(B)/bench/serve/serve_pages.o $(B)/patterns/pools/buffer-per-parse/tip.o: \
    override CFLAGS += -fno-lto
$(B)/bench/ab/go_benchmarks.o: bench/go/find.sh
$(B)/bench/serve/serve_pages.o: bench/serve/serve.html
$(B)/patterns/pools/buffer-per-parse/tip.o: $(wildcard patterns/pools/data/*.json)

$(B)/bench/store/machine.o: override CPPFLAGS += -DBUILD_FLAGS='"$(strip $(CFLAGS))"' -DBUILD_VERSION='"$(VERSION)"'
$(B)/bench/store/machine.o: $(wildcard VERSION)

$(B)/%.o: %.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/%.o: $(B)/%.c
	$(call say,CC,$<)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/bench/inside/gbench.o: bench/inside/gbench.cc
	$(call say,CXX,$<)mkdir -p $(@D) && $(CXX) $(CPPFLAGS) $(CXXFLAGS) -c -o $@ $<

# The table of tips, with the words of their pages; and the way back to the scripts of this tree, for B
# may be anywhere.  It is made when one of these changed or tips came or went, and not otherwise: a
# tree that is built may be read-only.  A missing twin stops the build here too: its object has no rule.
ifneq ($(file <$(B)/entries.tips),$(NAMES))
$(B)/entries.c: FORCE
endif
$(B)/entries.c: patterns/words.awk $(SYMPTOMS) $(WORDS)
	$(Q)mkdir -p $(B) && awk -v symptoms=$(SYMPTOMS) -v folder=$(if $(TIPS),$(TREE)) -f patterns/words.awk \
	    $(WORDS) > $@.new && mv $@.new $@ && echo $(NAMES) > $(B)/entries.tips && \
	    ln -sfn $(CURDIR) $(B)/checkout
	$(if $(TIPS),$(Q)echo $(TREE) > $(B)/entries.tree)

# A test has a main() of its own.
$(B)/tests/%: tests/%.c $(HARNESS) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -MT $@ $(CFLAGS) -c -o $@.o $< && \
	    $(call link_harness,$@.o $(filter %.o,$^),-lcmocka)

.PHONY: FORCE
FORCE:

# Other folders of $(B) are builds of their own, and one of them may just be writing such a file.
INCLUDED_BY := $(shell find $(foreach d,bench entries.d lib notebooks patterns placements runtime tests,$(B)/$d) -name '*.d' 2>/dev/null)
-include $(INCLUDED_BY)

# The rest stands beside what it is about.
PARTS := $(sort $(wildcard bench/*/*.mk bench/studies/*/*.mk notebooks/*.mk patterns/*.mk packaging/*.mk tests/*.mk tests/*/*.mk))
include $(PARTS)

# Nothing makes these.  Without this line make tries every pattern rule on each of a thousand files
# whenever it begins.
$(INCLUDED_BY) $(PARTS) Makefile: ;
