# SPDX-License-Identifier: MIT
# The runtime's tests once more, on the other processor that it knows: built by Debian's cross
# compiler, run under qemu-user.  Left out is what needs libraries for that processor, which
# Debian has only for those who tell apt of a second architecture: the collector and zlib; and the
# tests of frames, which need both.
A64_LEFT_OUT := gc heap pprof
A64_RUNTIME  := $(filter-out $(foreach f,$(A64_LEFT_OUT),$(B)/runtime/%/$(f).o),$(RUNTIME))
A64_TESTS    := $(patsubst tests/runtime/test_%.c,build/aarch64/on/%,$(filter-out \
                  $(patsubst %,tests/runtime/test_%.c,$(A64_LEFT_OUT) frames),$(wildcard tests/runtime/test_*.c)))
DEPS_aarch64 := gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user perl

.PHONY: aarch64

### Prove the runtime

## the runtime's tests on aarch64, under qemu
aarch64:
	$(call ready,$(DEPS_aarch64),B=build/aarch64 CC=aarch64-linux-gnu-gcc \
	    EXTRA='-Itests/aarch64 -DTOOL_EMULATOR' $(A64_TESTS))
	$(Q)TEST_SECONDS=600 TWINTEST_SECONDS=120 prove --timer \
	    --exec "tests/lib/run qemu-aarch64 -L /usr/aarch64-linux-gnu" $(A64_TESTS)

$(B)/on/%: tests/runtime/test_%.c $(A64_RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -MT $@ $(CFLAGS) -o $@ $< $(A64_RUNTIME) -lm

.PRECIOUS: $(A64_RUNTIME)
