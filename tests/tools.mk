# SPDX-License-Identifier: MIT
# The runtime's tests once more, under a tool.  Everything that touches the collector is
# left out: libgc and these tools each want the signals and the stacks for themselves.

TOOLED := $(filter-out gc heap,$(patsubst tests/runtime/test_%.c,%,$(wildcard tests/runtime/test_*.c)))

MAKE_asan     := OPT=-O1 EXTRA='-fsanitize=address -fno-omit-frame-pointer'
MAKE_ubsan    := OPT=-O1 EXTRA='-fsanitize=undefined -fno-sanitize-recover=all'
MAKE_tsan     := OPT=-O1 EXTRA=-fsanitize=thread CC=clang
MAKE_valgrind := OPT=-O1
DEPS_tsan     := clang libclang-rt-dev
DEPS_valgrind := valgrind
RUN_tsan      := setarch $(shell uname -m) -R
# At the end valgrind would have libc free its memory, on a stack that may just have overflowed.
# It runs one thread at a time; unless it is to be fair, a worker may not have its turn for seconds.
RUN_valgrind  := valgrind -q --error-exitcode=1 --trace-children=yes --run-libc-freeres=no \
                 --fair-sched=yes

.PHONY: tools asan ubsan tsan valgrind

### Prove the runtime

## the runtime's tests once more, under that tool
asan ubsan tsan valgrind:
	$(call ready,$(DEPS_BUILD) libcmocka-dev $(DEPS_$@),B=build/$@ $(MAKE_$@) $(TOOLED:%=build/$@/tooled/%))
	$(Q)TEST_SECONDS=600 TWINTEST_SECONDS=120 prove --timer --exec "tests/lib/run $(RUN_$@)" \
	    $(TOOLED:%=build/$@/tooled/%)

asan: export ASAN_OPTIONS := detect_stack_use_after_return=1:detect_leaks=0:allocator_may_return_null=1
# The last words of a process are printed by a signal handler, and libc may take memory for them.
tsan: export TSAN_OPTIONS := allocator_may_return_null=1:report_signal_unsafe=0:atexit_sleep_ms=0

## under all four of them
tools: asan ubsan tsan valgrind

$(B)/tooled/%: tests/runtime/test_%.c $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -MT $@ $(CFLAGS) -o $@ $< $(RUNTIME) -lcmocka -lgc -lz -lm
