# SPDX-License-Identifier: MIT
# The tree is the list: a new file in runtime/, bench/, tests/ or a new folder
# below patterns/ needs no change here.  `make help` lists what can be asked for.

B       ?= build
CC      := gcc
CXX     := g++
OPT     ?= -O2
CFLAGS  := -std=gnu17 $(OPT) -g -Wall -Wextra -Wshadow -pthread $(EXTRA)
CXXFLAGS := -std=c++17 $(OPT) -g -Wall -Wextra -pthread $(EXTRA)
CPPFLAGS = -iquote runtime -iquote patterns -iquote bench -iquote $(B) -D_GNU_SOURCE -MMD -MP
LDLIBS  := -lgc -ljansson -lm
Q       := $(if $(V),,@)
say      = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2);)
PYTHON  := /usr/bin/python3

# "leaks/range-unclosed", and the C symbol made of it, "leaks_range_unclosed"
TIPS    := $(sort $(patsubst patterns/%/tip.c,%,$(wildcard patterns/*/*/tip.c)))
symbol   = $(subst -,_,$(subst /,_,$(1)))
FACES   := tip bad good

RUNTIME := $(patsubst %.c,$(B)/%.o,$(wildcard runtime/*.c))
BENCH   := $(patsubst %.c,$(B)/%.o,$(wildcard bench/*.c)) $(B)/bench/gbench.o
PATTERNS := $(foreach t,$(TIPS),$(foreach f,$(FACES),$(B)/patterns/$(t)/$(f).o)) $(B)/entries.o
TESTS   := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/test_*.c))

.PHONY: all help
all: $(B)/twinbench

$(B)/twinbench: $(BENCH) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)$(CXX) $(CXXFLAGS) -o $@ $^ -lbenchmark $(LDLIBS)

$(B)/patterns/%.o: patterns/%.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) \
	    -DTHIS=$(subst -,_,$(subst /,_,$*)) -c -o $@ $<

$(B)/%.o: %.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/%.o: $(B)/%.c
	$(call say,CC,$<)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/bench/gbench.o: bench/gbench.cc
	$(call say,CXX,$<)mkdir -p $(@D) && $(CXX) $(CPPFLAGS) $(CXXFLAGS) -c -o $@ $<

# A missing twin stops the build here: its object has no rule.  The table is
# rewritten only when it changes.
$(B)/entries.c: FORCE
	@mkdir -p $(B); { printf '#include "tips.h"\n\n'; \
	$(foreach t,$(TIPS),printf 'extern const struct tip $(call symbol,$(t))_tip;\nextern const struct twin $(call symbol,$(t))_bad, $(call symbol,$(t))_good;\n';) \
	printf '\nconst struct entry entries[] = {\n'; \
	$(foreach t,$(TIPS),printf '    { "$(t)", &$(call symbol,$(t))_tip, &$(call symbol,$(t))_bad, &$(call symbol,$(t))_good },\n';) \
	printf '};\nconst size_t nentries = sizeof entries / sizeof entries[0];\n'; } > $@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(B)/tests/%: tests/%.c $(filter-out $(B)/bench/main.o,$(BENCH)) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@.o $< && \
	    $(CXX) $(CXXFLAGS) -o $@ $@.o $(filter %.o,$^) -lbenchmark -lcmocka $(LDLIBS)

.PHONY: FORCE clean
FORCE:

clean:
	rm -rf build

-include $(shell find $(B) -name '*.d' 2>/dev/null)
