# SPDX-License-Identifier: MIT
# packaging.mk - the program as one among others: below PREFIX, with manual pages and completion.
# What draws and the twins' sources go along; twins in real Go are run from a checkout.

PREFIX  ?= /usr/local
DESTDIR ?=
DATA    := $(DESTDIR)$(PREFIX)/share/twinbench
SHARE   := $(DESTDIR)$(PREFIX)/share
PLACES  := $(DESTDIR)$(PREFIX)/lib/twinbench/placements

COMMANDS := $(shell sed -n 's/^ *COMMAND.\([a-z]*\), ".*/\1/p' bench/cmd/commands.h)
MANUALS  := $(B)/man/twinbench.1 $(COMMANDS:%=$(B)/man/twinbench-%.1)
SHOWN    := $(wildcard bench/python/*.py plots/*.py plots/*.gp plots/report/* patterns/*/*/*.[ch] \
              patterns/*/*/*.go patterns/*/*/*.proto bench/schemas/*.json bench/COLUMNS.md patterns/*.csv patterns/ARTICLE.md \
              $(addprefix bench/fleet/*.,py sh css js))

.PHONY: man install uninstall

### Install

## the manual pages, from what --help says: build/man/
man: $(MANUALS)

## the program, manual pages, completion; the library
##   PREFIX=/usr/local  LIBDIR=folder  DESTDIR=folder
install: $(B)/placements/complete $(MANUALS)
	$(call say,INST,$(DESTDIR)$(PREFIX))install -D -m 755 $(B)/twinbench $(DESTDIR)$(PREFIX)/bin/twinbench
	$(Q)install -d $(PLACES) && install -m 755 $(PLACED) $(PLACES) && install -m 644 $< $(PLACES)
	$(Q)install -d $(SHARE)/man/man1 && install -m 644 $(MANUALS) $(SHARE)/man/man1
	$(Q)install -D -m 644 packaging/completion/twinbench.bash $(SHARE)/bash-completion/completions/twinbench
	$(Q)install -D -m 644 packaging/completion/_twinbench $(SHARE)/zsh/vendor-completions/_twinbench
	$(Q)install -D -m 644 packaging/completion/twinbench.fish $(SHARE)/fish/vendor_completions.d/twinbench.fish
	$(Q)for file in $(SHOWN); do install -D -m $$([ -x $$file ] && echo 755 || echo 644) $$file $(DATA)/$$file || exit; done

## what `make install` brought, away again
##   PREFIX=/usr/local  LIBDIR=folder  DESTDIR=folder
uninstall:
	$(Q)rm -rf $(DATA) $(dir $(PLACES)) $(DESTDIR)$(PREFIX)/bin/twinbench $(MANUALS:$(B)/man/%=$(SHARE)/man/man1/%) \
	    $(SHARE)/bash-completion/completions/twinbench $(SHARE)/zsh/vendor-completions/_twinbench \
	    $(SHARE)/fish/vendor_completions.d/twinbench.fish

brief = $$(COLUMNS=80 $(B)/twinbench --help | sed -n 's/^  $(1) *//p')

$(B)/man/twinbench-%.1: $(B)/twinbench packaging/man.awk VERSION
	$(call say,MAN,$@)mkdir -p $(@D) && COLUMNS=80 $(B)/twinbench $* --help | \
	    awk -f packaging/man.awk -v name=twinbench-$* -v seealso=twinbench -v brief="$(call brief,$*)" -v version=$(VERSION) > $@

$(B)/man/twinbench.1: $(B)/twinbench packaging/man.awk VERSION
	$(call say,MAN,$@)mkdir -p $(@D) && COLUMNS=80 $(B)/twinbench --help | \
	    awk -f packaging/man.awk -v name=twinbench -v version=$(VERSION) \
	        -v brief='prove or refute tips about concurrent code' \
	        -v seealso='$(COMMANDS:%=twinbench-%)' > $@
