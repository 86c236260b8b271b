# SPDX-License-Identifier: MIT
# libFuzzer on whatever reads a file, a pipe or a command line (test_readers.c).

READERS := samples saved_run calibration child args
FUZZ    := build/fuzz
MAKE_fuzz := CC=clang CXX=clang++ OPT=-O1 \
             EXTRA='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer'

.PHONY: fuzz

## the readers of files under libFuzzer, one after the other
##   SECONDS=600 for each  READER=samples
fuzz:
	$(Q)for r in $(READER); do case " $(READERS) " in *" $$r "*) ;; *) \
	    echo "twinbench: fuzz: READER=$$r: there is no such reader; there are: $(READERS)" >&2; exit 1 ;; esac; done
	$(call ready,$(DEPS_BUILD) $(DEPS_tsan),B=$(FUZZ) $(MAKE_fuzz) $(FUZZ)/readers)
	$(Q)for r in $(or $(READER),$(READERS)); do tests/fuzz/fuzz $(FUZZ)/readers $$r $(or $(SECONDS),600) || exit 1; done

$(B)/readers: tests/fuzz/test_readers.c $(HARNESS) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -DFUZZING -MT $@ $(CFLAGS) -c -o $@.o $< && \
	    $(CXX) $(CXXFLAGS) -fsanitize=fuzzer -o $@ $@.o $(filter %.o,$^) $(HARNESS_LIBS) $(LDLIBS)
