# SPDX-License-Identifier: MIT
# The tree is the list: a new file in a room of runtime/, bench/ or tests/, or a new
# folder below patterns/, needs no change here.  `make help` lists what can be asked for.

# Names from outside are taken as they are, before anything could read a $ in them (grading.mk).
override SRC := $(value SRC)
override DIR := $(value DIR)
override JSON := $(value JSON)
override TIP := $(value TIP)
export SRC DIR JSON TIP

B       ?= build
CC      := gcc
CXX     := g++
OPT     ?= -O2
CFLAGS  := -std=gnu17 $(OPT) -g -Wall -Wextra -Wshadow -Wno-missing-field-initializers \
            -fstack-clash-protection -pthread \
            $(if $(EXPLORE),-DTWIN_EXPLORE -include runtime/explore/explore.h) $(EXTRA)
CXXFLAGS := -std=c++17 $(OPT) -g -Wall -Wextra -pthread $(EXTRA)
CPPFLAGS = -iquote runtime -iquote patterns -iquote bench -iquote tests/lib -iquote $(B) -D_GNU_SOURCE -MMD -MP
LDLIBS  := -lgc -ljansson -lprotobuf-c -lz -lm
Q       := $(if $(V),,@)
say      = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2);)
PYTHON  := /usr/bin/python3

# Whatever else there is would fail in every file.  (No answer: no compiler yet.)
MACHINE := $(shell $(CC) -dumpmachine 2>/dev/null)
ifneq ($(MACHINE),$(filter x86_64-% aarch64-%,$(MACHINE)))
$(error twinbench: this compiler is for $(MACHINE); runtime/core/switch.h knows x86-64 and aarch64)
endif

# "leaks/range-unclosed", and the C symbol made of it, "leaks_range_unclosed"
TIPS    := $(sort $(patsubst patterns/%/tip.c,%,$(wildcard patterns/*/*/tip.c)))
symbol   = $(subst -,_,$(subst /,_,$(1)))
FACES   := tip bad good

# EXPLORE=1: the deterministic mode, which has a scheduler and a clock of its own.
LEFT_OUT := $(if $(EXPLORE),runtime/core/sched.c runtime/core/clock.c,$(wildcard runtime/explore/*.c))
RUNTIME := $(patsubst %.c,$(B)/%.o,$(filter-out $(LEFT_OUT),$(wildcard runtime/*/*.c)))
BENCH   := $(patsubst %.c,$(B)/%.o,$(wildcard bench/*/*.c)) $(B)/bench/inside/gbench.o
# A test and the experiment have a main() of their own.
HARNESS := $(filter-out $(B)/bench/cmd/main.o,$(BENCH))
MESSAGES := $(patsubst %.proto,$(B)/%.pb-c,$(wildcard patterns/*/*/*.proto))
PATTERNS := $(foreach t,$(TIPS),$(foreach f,$(FACES),$(B)/patterns/$(t)/$(f).o)) $(B)/entries.o
TESTS   := $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c))

# What Debian calls the things that each target needs.
DEPS_BUILD := build-essential libbenchmark-dev libgc-dev libjansson-dev libmicrohttpd-dev libmimalloc2.0 \
              zlib1g-dev libprotobuf-c-dev protobuf-c-compiler
DEPS_BENCH := gnuplot-nox hyperfine librsvg2-bin fonts-dejavu-core python3 python3-jinja2 \
              python3-pygments
DEPS_TEST  := libcmocka-dev bubblewrap perl python3-nbclient python3-ipykernel python3-pandas

.PHONY: all help deps bench check test test-report plots report calibrate columns lesson lint-tip picture demo
all: $(B)/twinbench

help:
	@echo 'make bench          every pair measured, decided, drawn  (QUICK=1  TIP=family/tip  RESUME=1)'
	@echo 'make test           the tests of everything'
	@echo 'make test-report    the report alone, in Chromium'
	@echo 'make check          the claims that are counts, a line each'
	@echo 'make lesson TIP=family/tip   read, predict, run, see, on a terminal  (make lab: in notebooks)'
	@echo 'make lint-tip TIP=family/tip what a tip lacks'
	@echo 'make demo TIP=family/tip     bad and good behind HTTP, under load: watch them in a browser'
	@echo 'make report         charts and report.html of the newest run again  (RUN=results/...)'
	@echo 'make calibrate      how small an effect this machine can tell, in 9 minutes  (QUICK=1)'
	@echo 'make columns        bench/COLUMNS.md again, after a column was added'
	@echo 'make asan ubsan tsan valgrind   the runtime once more, under that tool (make tools: all)'
	@echo 'make seed           small scenes under every schedule, and by seed  (SCENE=part of a name)'
	@echo 'make grade TIP=family/tip SRC=file.c   a student'"'"'s file as a third twin  (JSON=out.json)'
	@echo 'make grade-all DIR=folder              a class, into a gradebook'
	@echo 'make aarch64        the runtime on the other processor it knows, under qemu'
	@echo 'make go             the twins in real Go, built; see bench/go'
	@echo 'make peers          the runtime beside Go, Boost.Fiber and threads'
	@echo 'make deps           install what is missing (the others do this by themselves)'
	@echo 'make clean          remove build/'

# The others come here first; all of it is one look at the package database.
deps:
	$(Q)bench/deps.sh $(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_TEST)

bench:
	$(Q)bench/deps.sh $(DEPS_BUILD) $(DEPS_BENCH)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all
	$(Q)! command -v go > /dev/null || $(MAKE) --no-print-directory -j$$(nproc) go
	$(Q)$(B)/twinbench bench $(if $(QUICK),--quick) $(if $(TIP),--tip $(TIP)) $(if $(RESUME),--resume)

check:
	$(Q)bench/deps.sh $(DEPS_BUILD)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all
	$(Q)$(B)/twinbench check $(TIP)

# One tip on a terminal: what people say, the difference, your prediction, the run.
lesson:
	$(Q)[ -f '$(if $(TIP),patterns/$(TIP)/tip.c)' ] || { echo "twinbench: make lesson TIP=family/tip; the tips: build/twinbench list --names" >&2; exit 2; }
	$(Q)bench/deps.sh $(DEPS_BUILD) $(DEPS_BENCH)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all
	$(Q)B=$(B) $(PYTHON) notebooks/lesson.py $(TIP)

lint-tip: check
	$(Q)[ ! -x $(B)/twinbench-go ] || $(B)/twinbench check --lang go $(TIP)

# Both twins behind HTTP and under load, side by side.
demo:
	$(Q)[ -f '$(if $(TIP),patterns/$(TIP)/tip.c)' ] || { echo "twinbench: make demo TIP=family/tip; the tips: build/twinbench list --names" >&2; exit 2; }
	$(Q)bench/deps.sh $(DEPS_BUILD) $(DEPS_BENCH) wrk
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all
	$(Q)$(PYTHON) plots/demo.py $(TIP) --program $(B)/twinbench

# The picture in the README: the board of the newest run.
picture:
	$(Q)cp results/latest/charts/board.png plots/board.png

plots report:
	$(Q)bench/deps.sh $(DEPS_BUILD) $(DEPS_BENCH)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all
	$(Q)$(B)/twinbench report $(RUN)

# What every column means, from the tables in the sources; a test fails when it is stale.
columns: $(B)/twinbench
	$(Q)$(B)/twinbench list --columns > bench/COLUMNS.md.new
	$(Q)mv bench/COLUMNS.md.new bench/COLUMNS.md

calibrate:
	$(Q)bench/deps.sh $(DEPS_BUILD) $(DEPS_BENCH)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all
	$(Q)$(B)/twinbench calibrate $(if $(QUICK),--quick) $(if $(TIP),--tip $(TIP))

# Two at a time, but for those that build in the same folder.
TEST_RULES := --rules='seq=tests/explore/*.t' --rules='seq=tests/grade/*.t' \
              --rules='par=**'

test:
	$(Q)bench/deps.sh $(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_TEST)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all $(TESTS)
	$(Q)B=$(B) prove -j2 $(TEST_RULES) --timer --exec tests/lib/run $(TESTS) $(wildcard tests/*/*.t)

# The report in a real browser; part of `make test` where there is one.
test-report:
	$(Q)bench/deps.sh $(DEPS_BENCH) perl chromium
	$(Q)prove -v --exec tests/lib/run tests/commands/report.t

$(B)/twinbench: $(BENCH) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)$(CXX) $(CXXFLAGS) -o $@ $^ -lbenchmark -lmicrohttpd $(LDLIBS)

$(B)/patterns/%.o: patterns/%.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) \
	    -DTHIS=$(subst -,_,$(subst /,_,$*)) -c -o $@ $<

# Messages come as .proto; protobuf-c makes C of them, which the tip.c beside includes.
$(PATTERNS): | $(MESSAGES:=.c)

$(B)/%.pb-c.c $(B)/%.pb-c.h: %.proto
	$(call say,PROTO,$<)mkdir -p $(@D) && protoc-c --proto_path=$(<D) --c_out=$(@D) $<

# What .incbin brings in, no compiler tells make.
$(B)/bench/serve/serve_pages.o: bench/serve/serve.html
$(B)/patterns/pools/buffer-per-parse/tip.o: $(wildcard patterns/pools/data/*.json)

$(B)/bench/store/machine.o: CPPFLAGS += -DBUILD_FLAGS='"$(strip $(CFLAGS))"'

$(B)/%.o: %.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/%.o: $(B)/%.c
	$(call say,CC,$<)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/bench/inside/gbench.o: bench/inside/gbench.cc
	$(call say,CXX,$<)mkdir -p $(@D) && $(CXX) $(CPPFLAGS) $(CXXFLAGS) -c -o $@ $<

# A missing twin stops the build here: its object has no rule.  The table is
# rewritten only when it changes.
$(B)/entries.c: FORCE
	@mkdir -p $(B); { printf '#include "inside/tips.h"\n\n'; \
	$(foreach t,$(TIPS),printf 'extern const struct tip $(call symbol,$(t))_tip;\nextern const struct twin $(call symbol,$(t))_bad, $(call symbol,$(t))_good;\n';) \
	printf '\nconst struct entry entries[] = {\n'; \
	$(foreach t,$(TIPS),printf '    { "$(t)", &$(call symbol,$(t))_tip, &$(call symbol,$(t))_bad, &$(call symbol,$(t))_good },\n';) \
	printf '};\nconst size_t nentries = sizeof entries / sizeof entries[0];\n'; } > $@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(B)/tests/%: tests/%.c $(HARNESS) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -MT $@ $(CFLAGS) -c -o $@.o $< && \
	    $(CXX) $(CXXFLAGS) -o $@ $@.o $(filter %.o,$^) -lbenchmark -lmicrohttpd -lcmocka $(LDLIBS)

# The runtime's tests once more, under a tool.  Everything that touches the collector is
# left out: libgc and these tools each want the signals and the stacks for themselves.
TOOLED := $(filter-out gc heap,$(patsubst tests/runtime/test_%.c,%,$(wildcard tests/runtime/test_*.c)))

$(B)/tooled/%: tests/runtime/test_%.c $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -MT $@ $(CFLAGS) -o $@ $< $(RUNTIME) -lcmocka -lgc -lz

asan: export ASAN_OPTIONS := detect_stack_use_after_return=1:detect_leaks=0:allocator_may_return_null=1
tsan: export TSAN_OPTIONS := allocator_may_return_null=1
asan ubsan tsan valgrind:
	$(Q)bench/deps.sh $(DEPS_BUILD) libcmocka-dev $(DEPS_$@)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) B=build/$@ $(MAKE_$@) $(patsubst %,build/$@/tooled/%,$(TOOLED))
	$(Q)TEST_SECONDS=600 TWINTEST_SECONDS=120 prove --timer --exec "tests/lib/run $(RUN_$@)" \
	    $(patsubst %,build/$@/tooled/%,$(TOOLED))

MAKE_asan     := OPT=-O1 EXTRA='-fsanitize=address -fno-omit-frame-pointer'
MAKE_ubsan    := OPT=-O1 EXTRA='-fsanitize=undefined -fno-sanitize-recover=all'
MAKE_tsan     := OPT=-O1 EXTRA=-fsanitize=thread CC=clang
MAKE_valgrind := OPT=-O1
DEPS_tsan     := clang libclang-rt-14-dev
DEPS_valgrind := valgrind
RUN_tsan      := setarch $(shell uname -m) -R
# At the end valgrind would have libc free its memory, on a stack that may just have overflowed.
# It runs one thread at a time; unless it is to be fair, a worker may not have its turn for seconds.
RUN_valgrind  := valgrind -q --error-exitcode=1 --trace-children=yes --run-libc-freeres=no \
                 --fair-sched=yes

tools: asan ubsan tsan valgrind

.PHONY: FORCE clean tools asan ubsan tsan valgrind
FORCE:

clean:
	rm -rf build

-include $(shell find $(B) -name '*.d' 2>/dev/null)

include tests/aarch64/aarch64.mk tests/explore/explore.mk bench/studies/peers/peers.mk notebooks/lab.mk notebooks/grader/grading.mk bench/go/go.mk bench/studies/experiment/experiment.mk
