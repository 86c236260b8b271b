# SPDX-License-Identifier: MIT
# lib.mk - the runtime as a library of its own, and what answers HTTP beside it: static and shared,
# with the public headers alone.  runtime/FIRST.md uses it.

LIBDIR     ?= $(PREFIX)/lib
LIBRARIES  := runtime pages
# Before 1.0 any release may change how a program and the library fit together.
SONAME     := $(word 1,$(subst ., ,$(VERSION))).$(word 2,$(subst ., ,$(VERSION)))
LIBS       := $(foreach l,$(LIBRARIES),$(B)/lib/libtwinbench-$(l).a $(B)/lib/libtwinbench-$(l).so.$(SONAME))
# A user's headers: those on top, and what they include.
HEADERS    := $(wildcard runtime/*.h) $(addprefix runtime/core/,compiler.h defer_inline.h lock.h)
LIB_runtime := $(RUNTIME)
LIB_pages   := $(PAGES)
NEEDS_runtime := -lgc -lz
NEEDS_pages   := -lmicrohttpd
# What a library has for others, and what a program may be linked against.
EXPORTS    := $(file <packaging/exports)

.PHONY: lib install-lib uninstall-lib

### Install

## the runtime as a library, static and shared: build/lib/
lib: $(LIBS)

## the library, its headers and pkg-config's files alone
##   PREFIX=/usr/local  LIBDIR=folder  DESTDIR=folder
install-lib: $(LIBS)
	$(call say,INST,$(DESTDIR)$(LIBDIR))install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(PREFIX)/include/twinbench/core
	$(Q)install -m 644 $(filter %.a,$(LIBS)) $(DESTDIR)$(LIBDIR)
	$(Q)install -m 644 $(filter-out %.a,$(LIBS)) $(DESTDIR)$(LIBDIR)
	$(Q)for l in $(LIBRARIES); do ln -sf libtwinbench-$$l.so.$(SONAME) $(DESTDIR)$(LIBDIR)/libtwinbench-$$l.so || exit; \
	    sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|' packaging/twinbench-$$l.pc.in \
	        > $(DESTDIR)$(LIBDIR)/pkgconfig/twinbench-$$l.pc || exit; done
	$(Q)printf '/* SPDX-License-Identifier: MIT */\n#define TWINBENCH_VERSION "%s"\n' $(VERSION) \
	    > $(DESTDIR)$(PREFIX)/include/twinbench/version.h
	$(Q)for h in $(HEADERS:runtime/%=%); do install -m 644 runtime/$$h $(DESTDIR)$(PREFIX)/include/twinbench/$$h || exit; done

## that away again
##   PREFIX=/usr/local  LIBDIR=folder  DESTDIR=folder
uninstall-lib:
	$(Q)rm -rf $(DESTDIR)$(PREFIX)/include/twinbench $(LIBRARIES:%=$(DESTDIR)$(LIBDIR)/pkgconfig/twinbench-%.pc) \
	    $(LIBS:$(B)/lib/%=$(DESTDIR)$(LIBDIR)/%) $(LIBRARIES:%=$(DESTDIR)$(LIBDIR)/libtwinbench-%.so)

install: install-lib
uninstall: uninstall-lib

# One object, in which the names of the runtime's own functions are nobody else's: a program may
# have a park(), too.
$(B)/lib/libtwinbench-%.a: packaging/exports
	$(call say,AR,$@)mkdir -p $(@D) && rm -f $@ && $(CC) $(CFLAGS) -fno-lto -r -nostdlib -o $(@:.a=.o) $(filter %.o,$^) && \
	    objcopy -w $(EXPORTS:%=--keep-global-symbol='%') $(@:.a=.o) && $(AR) rcs $@ $(@:.a=.o) && rm $(@:.a=.o)

# The same sources once more, as a shared library wants them.
$(B)/lib/pic/%.o: %.c
	$(call say,CC,$@)mkdir -p $(@D) && $(CC) $(filter-out -DTWIN_PROGRAM,$(CPPFLAGS)) $(CFLAGS) -fPIC -c -o $@ $<

$(B)/lib/exports.map: packaging/exports
	$(Q)mkdir -p $(@D) && { echo '{ global:'; sed 's/.*/  &;/' $<; echo 'local: *; };'; } > $@

$(B)/lib/libtwinbench-%.so.$(SONAME): $(B)/lib/exports.map
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(@F) -Wl,-Bsymbolic -Wl,-z,defs \
	    -Wl,--version-script=$< -o $@ $(filter %.o %.so.$(SONAME),$^) $(NEEDS_$*)

$(B)/lib/libtwinbench-runtime.a: $(LIB_runtime)
$(B)/lib/libtwinbench-pages.a: $(LIB_pages)
$(B)/lib/libtwinbench-runtime.so.$(SONAME): $(LIB_runtime:$(B)/%=$(B)/lib/pic/%)
$(B)/lib/libtwinbench-pages.so.$(SONAME): $(LIB_pages:$(B)/%=$(B)/lib/pic/%) $(B)/lib/libtwinbench-runtime.so.$(SONAME)
