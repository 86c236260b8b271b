# SPDX-License-Identifier: MIT
# The deterministic mode (runtime/explore/explore.h): a build of the runtime of its own, and the
# program that goes through schedules with it.

EXPLORERS := $(patsubst %.c,$(B)/%.o,$(wildcard tests/explore/*.c))

.PHONY: seed

### Prove the runtime

## small scenes under every schedule, and by seed
##   SCENE=part of a name
seed:
	$(call ready,$(DEPS_BUILD),B=build/seed EXPLORE=1 build/seed/explore)
	$(Q)build/seed/explore $(if $(SCENE),'$(SCENE)')

# malloc and free are the arena's (tests/explore/arena.c).
$(B)/explore: $(EXPLORERS) $(RUNTIME)
	$(call say,LINK,$@)$(CC) $(CFLAGS) -Wl,--wrap=malloc,--wrap=free -o $@ $^ -lgc -lz

# A program of anybody's, with the deterministic mode below it.
$(B)/abba: $(B)/tests/explore/seeded/abba.o $(RUNTIME)
	$(call say,LINK,$@)$(CC) $(CFLAGS) -o $@ $^ -lgc -lz -lm

# --- the same random programs here and in Go -------------------------------------------------------

.PHONY: differential test-differential

## random programs do here what they do in Go
##   N=400  SEED=1 for others  ONLY=n: one of them, in words
test-differential: export N := $(or $(N),400)
test-differential: export GO_TWO := 1
test-differential:
	$(call ready,$(DEPS_BUILD) $(DEPS_GO),differential)
	$(Q)prove -v --exec tests/lib/run tests/explore/differential.t

# TryLock came with Go 1.18.
GO_DIFFERENTIALS := $(patsubst %,$(B)/%/differential,$(filter-out go1.15 go1.16 go1.17,$(GOS)))

# Says where they are: Go's, ours, and ours in the deterministic mode.
differential: $(GO_DIFFERENTIALS) $(B)/differential
	+$(Q)$(MAKE) -s --no-print-directory B=build/seed EXPLORE=1 build/seed/differential
	@printf '%s\n' '$(GO_DIFFERENTIALS)' $(B)/differential build/seed/differential

$(B)/differential: $(B)/tests/explore/differential/programs.o $(RUNTIME)
	$(call say,LINK,$@)$(CC) $(CFLAGS) -o $@ $^ -lgc -lz -lm

define GO_DIFFERENTIAL
$(B)/$(1)/differential: tests/explore/differential/programs.go $(B)/$(1)/version
	$$(call say,GO,$$@)$$(call go_build,$(1))
endef
$(foreach g,$(GOS),$(eval $(call GO_DIFFERENTIAL,$(g))))
