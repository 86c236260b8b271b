# SPDX-License-Identifier: MIT
# What a look for leaked tasks takes, beside a dump.

.PHONY: leaks

### Compare with others

## a look for leaked tasks beside a dump of them: 20 s
##   REPS=n
leaks:
	$(call ready,build-essential libgc-dev,$(B)/leaks/leaks)
	$(Q)$(B)/leaks/leaks $(or $(REPS),21)

$(B)/leaks/leaks: $(B)/bench/studies/leaks/leaks.o $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)
