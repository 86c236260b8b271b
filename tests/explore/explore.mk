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
