# SPDX-License-Identifier: MIT
# Which tool would have told of each tip's mistake?  bench/studies/detectors/README.md

DEPS_DETECTORS := $(DEPS_BUILD) python3 cppcheck clang clang-tidy libclang-rt-dev valgrind util-linux \
                  "golang-honnef-go-tools-dev"

LOOKS := $(B)/detectors

.PHONY: detectors detectors-built

### Compare with others

## which tool tells of each tip's mistake, run on all twins
##   TIP=family/tip  TOOL='go vet'  GO=...
##   README=1 stores it  KEPT=1 only judges again
detectors:
	$(say_go)
	$(call ready,$(DEPS_DETECTORS) $(DEPS_GO),-k -s detectors-built || true)
	$(Q)[ -x $(LOOKS)/look ] || { echo "twinbench: the twins do not build: make $(LOOKS)/look" >&2; exit 1; }
	$(Q)TIPS=$(if $(TIPS),$(TREE)) $(PYTHON) bench/studies/detectors/detect.py $(LOOKS) $(if $(TIPS),$(TREE)/)results/detectors/detectors.csv --words $(LOOKS)/tips.json \
	    --flags '$(filter-out -MMD -MP,$(CPPFLAGS)) $(CFLAGS)' $(if $(TIP),--tip $(TIP)) $(if $(TOOL),--tool '$(TOOL)') \
	    $(if $(KEPT),--kept) $(if $(README),--readme) $(foreach g,$(GOS),--go '$(g)=$(call go_version,$(g))=$(call go_with,$(g))')

# What the tools are run on.  What cannot be built is left out of the table, with a line.
detectors-built: $(LOOKS)/look $(LOOKS)/tips.json $(LOOKS)/asan/look $(LOOKS)/tsan/look $(LOOKS)/staticcheck/staticcheck \
                 $(foreach g,$(GOS),$(LOOKS)/$(g)/twins $(LOOKS)/$(g)/race)

$(LOOKS)/tips.json: $(B)/twinbench
	$(Q)mkdir -p $(@D) && $(B)/twinbench list --json > $@

LOOK := $(patsubst %.c,$(B)/%.o,$(wildcard bench/inside/*.c)) $(B)/bench/inside/gbench.o

$(LOOKS)/look: $(B)/bench/studies/detectors/look.o $(LOOK) $(PATTERNS) $(RUNTIME)
	$(call say,LINK,$@)mkdir -p $(@D) && $(call link_harness,$^)

$(LOOKS)/asan/look: FORCE
	+$(Q)$(MAKE) --no-print-directory B=$(LOOKS)/asan-build $(MAKE_asan) $(LOOKS)/asan-build/detectors/look
	$(Q)mkdir -p $(@D) && cp -u $(LOOKS)/asan-build/detectors/look $@

$(LOOKS)/tsan/look: FORCE
	+$(Q)! command -v clang >/dev/null || $(MAKE) --no-print-directory B=$(LOOKS)/tsan-build $(MAKE_tsan) $(LOOKS)/tsan-build/detectors/look
	$(Q)! command -v clang >/dev/null || { mkdir -p $(@D) && cp -u $(LOOKS)/tsan-build/detectors/look $@; }

# Debian has it as source, in GOPATH's form.
STATICCHECK := $(wildcard /usr/share/gocode/src/honnef.co/go/tools/cmd/staticcheck)

$(LOOKS)/staticcheck/staticcheck: $(STATICCHECK)
	$(if $(STATICCHECK),$(call say,GO,$@)mkdir -p $(@D) && cd $(@D) && env -u GOROOT GO111MODULE=off GOPATH=/usr/share/gocode \
	    GOCACHE=$(abspath $(LOOKS))/staticcheck/cache /usr/bin/go build -o staticcheck honnef.co/go/tools/cmd/staticcheck)

# All twins of one Go are one program, as for its placements; a package for each.
define DETECTORS_GO
$(LOOKS)/$(1)/src/main.go: bench/go/placements.sh bench/studies/detectors/look.go bench/go/driver.go bench/go/measure.go $(B)/go/columns.go \
                  $(GO_TWINS)
	$$(Q)rm -rf $$(@D) && sh $$< $$(@D).new $(B)/go/columns.go $(TREE) $(GO_TIPS) && printf 'module twins\n\ngo %s\n' $(1:go%=%) > $$(@D).new/go.mod && \
	    for t in $$(@D).new/twin*; do sed 's/^package main$$$$/package twin/' bench/studies/detectors/look.go > $$$$t/look.go; \
	        $(if $(go_is_old),sed 's/^package main$$$$/package twin/' bench/go/old/any.go > $$$$t/any.go; sed -i 's|"sync/atomic"|"twins/atomic"|' $$$$t/*.go;) done && \
	    $(if $(go_is_old),mkdir -p $$(@D).new/atomic && cp bench/go/old/atomic.go $$(@D).new/atomic &&) mv $$(@D).new $$(@D)

$(LOOKS)/$(1)/twins: $(LOOKS)/$(1)/src/main.go $(B)/$(1)/version
	$$(call say,GO,$$@)cd $$(<D) && $(call detectors_go,$(1)) build $(call go_unstamped,$(1)) -o ../$$(@F)

$(LOOKS)/$(1)/race: $(LOOKS)/$(1)/src/main.go $(B)/$(1)/version
	$$(call say,GO,$$@)cd $$(<D) && $(subst CGO_ENABLED=0,CGO_ENABLED=1,$(call detectors_go,$(1))) build -race $(call go_unstamped,$(1)) -o ../$$(@F)
endef

go_unstamped = $(if $(filter go1.15 go1.16 go1.17,$(1)),,-buildvcs=false)
# 1.26 has the goroutineleak profile as an experiment, 1.27 as it comes.
detectors_go = $(if $(filter go1.26,$(1)),$(subst env -u GOROOT -u GOEXPERIMENT,env -u GOROOT GOEXPERIMENT=goroutineleakprofile,$(call go_with,$(1))),$(call go_with,$(1)))

$(foreach g,$(GOS),$(eval $(call DETECTORS_GO,$(g))))
