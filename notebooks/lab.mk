# SPDX-License-Identifier: MIT
# lab.mk - what the notebooks build beside the project: read after the Makefile.

$(B)/notebooks/order: notebooks/order.c $(filter-out $(B)/bench/main.o,$(BENCH)) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@.o $< && \
	    $(CXX) $(CXXFLAGS) -o $@ $@.o $(filter %.o,$^) -lbenchmark -lmicrohttpd $(LDLIBS)
