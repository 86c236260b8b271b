# SPDX-License-Identifier: MIT
# make go: the twins in real Go, of every release that is here (find.sh).
#
# A release is an executor, "go1.24", and a folder of that name.  Each twin is a package of its
# scene, itself and the driver; all of them are one program (and those that import net another),
# which is linked once and not seventy times, and go1.24/TIP/bad is a link to it.  It is built as
# the release builds a module that names it in its go.mod.  In GOPATH mode every later Go would
# behave like 1.20.
# What builds reaches for nothing outside: no proxy, no other toolchain, a cache of its own.

GO_TIPS   := $(sort $(patsubst $(TREE)/%/bad.go,%,$(wildcard $(TREE)/*/*/bad.go)))
GO_PROBES := $(sort $(wildcard $(TREE)/*/*/aged.go))
GO_TWINS  := $(foreach t,$(GO_TIPS),$(addprefix $(TREE)/$(t)/,scene.go bad.go good.go))

# net and net/http bring a heap of their own, and with it the collector into step at other times;
# so what imports them is a second program, and does not change what is measured of the others.
GO_NET_TIPS   := $(sort $(patsubst $(TREE)/%/,%,$(dir $(shell grep -sl '"net["/]' /dev/null $(GO_TWINS)))))
GO_PLAIN_TIPS := $(filter-out $(GO_NET_TIPS),$(GO_TIPS))
# $(call go_tips_in,PROGRAM)
go_tips_in     = $(if $(filter %-net,$(1)),$(GO_NET_TIPS),$(GO_PLAIN_TIPS))

# "go1.24=1.24.4=/usr/lib/go-1.24/bin/go" for each; the makes below, which build them, need not
# look again.
GO_FETCHED := $(CURDIR)/build/go-releases
GO_FIND     = GO='$(GO)' GO_RELEASES='$(GO_RELEASES)' bench/go/find.sh '$(GO_FETCHED)'
ifndef GO_FOUND
GO_FOUND := $(shell $(GO_FIND) 2>/dev/null)
endif
go_make = $(MAKE) --no-print-directory GO_FOUND='$(GO_FOUND)'

GOS        := $(foreach g,$(GO_FOUND),$(firstword $(subst =, ,$(g))))
go_version  = $(word 2,$(subst =, ,$(filter $(1)=%,$(GO_FOUND))))
go_command  = $(word 3,$(subst =, ,$(filter $(1)=%,$(GO_FOUND))))

# What brings a Go to a machine that has none; Debian 12's is 81 MB to fetch and 450 MB on disk.
DEPS_GO := $(if $(GO_FOUND)$(filter none,$(GO)),,golang-go)
say_go   = $(Q)[ -z '$(DEPS_GO)' ] || echo "twinbench: real Go is measured beside C, and $(DEPS_GO)" \
               "comes for that (about 80 MB to fetch, 450 MB on disk); GO=none leaves it out" >&2

.PHONY: go go-twins go-releases

### Compare with others

## the twins in real Go, of each Go here; installs one
##   GO='go1.22 /opt/go/bin/go'  GO_RELEASES='1.19 1.27'
go:
	$(say_go)
	$(Q)bench/deps.sh $(DEPS_GO)
	+$(Q)$(if $(DEPS_GO),$(MAKE) --no-print-directory,$(go_make)) go-strictly

## the releases of Go that Debian packages: 2.7 GB
##   GO_RELEASES='1.19 1.27'
go-releases:
	$(Q)bench/go/releases.sh $(GO_FETCHED) $(GO_RELEASES)

.PHONY: go-strictly
go-strictly: $(GOS:%=$(B)/%/release)
	$(Q)$(GO_FIND) >/dev/null
	$(Q)$(if $(GOS),,echo "twinbench: there is no Go here that the twins build with" >&2; exit 1)

# Go is not needed: one that does not build the twins is said to be so, and C and the others go
# on.  One that is not chosen keeps what it has built, and is not run.
go-twins:
	$(Q)rm -f $(filter-out $(GOS:%=$(B)/%/release),$(wildcard $(B)/go*/release))
	$(Q)$(GO_FIND) >/dev/null
	+$(Q)[ -z '$(GOS)' ] || $(go_make) -q $(GOS:%=$(B)/%/release) 2>/dev/null || \
	    $(go_make) -k -s $(GOS:%=$(B)/%/release) 2>/dev/null || for g in $(GOS); do \
	        mkdir -p $(B)/$$g; $(go_make) $(B)/$$g/release >/dev/null 2>$(B)/$$g/said || { rm -f $(B)/$$g/release; \
	        echo "twinbench: $$g does not build the twins, so it is left out; it says:" \
	             "$$(grep -v -m 1 '^#' $(B)/$$g/said)" >&2; }; done

# The names of the columns, from the tables in C; where these change and the names do not, no twin
# is built again.
$(B)/go/columns.go: bench/go/columns.awk bench/inside/sample.h bench/inside/executor.c
	$(Q)mkdir -p $(@D) && awk -f $^ > $@.new && if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# Before Go 1.19 sync/atomic had no types, and before 1.18 there was no `any`.
go_is_old = $(filter go1.15 go1.16 go1.17 go1.18,$(1))
# $(call go_old,FOLDERS,NAME OF THEIR PACKAGE)
go_old = for d in $(1); do sed 's/^package main$$/package $(2)/' bench/go/old/any.go > $$d/any.go && \
         sed -i 's|"sync/atomic"|"twins/atomic"|' $$d/*.go || exit 1; done && \
         mkdir $@.src/atomic && cp bench/go/old/atomic.go $@.src/atomic &&

# $(call go_with,EXECUTOR) begins a command of that Go.  Without cgo: a twin that imports net would
# bring C's part of Go's runtime, with threads of its own, into the program that all twins are.
go_with = env -u GOROOT -u GOEXPERIMENT GO111MODULE=on GOTOOLCHAIN=local GOPROXY=off GOFLAGS=-mod=mod \
          GOWORK=off GOENV=off CGO_ENABLED=0 GOCACHE=$(abspath $(B))/$(1)/cache GOPATH=$(abspath $(B))/$(1)/path $(call go_command,$(1))

# $(call go_compile,EXECUTOR) makes the target of the module in TARGET.src.  Until 1.17 Go did not
# ask git about it.
go_compile = printf 'module twins\n\ngo %s\n' $(1:go%=%) > $@.src/go.mod && \
             { (cd $@.src && $(go_with) build $(if $(filter go1.15 go1.16 go1.17,$(1)),,-buildvcs=false) -o ../$(@F)) \
               2>$@.src/said || { touch $@.src/places; sed -f $@.src/places $@.src/said >&2; exit 1; }; }

# $(call go_build,EXECUTOR) makes a program of the target's .go files, wherever they are and
# whatever others are called.
go_build = rm -rf $@.src && mkdir -p $@.src && $(foreach f,$(filter %.go,$^),cp $(f) $@.src/$(subst /,_,$(f:/%=%)) &&) \
           $(if $(go_is_old),$(call go_old,$@.src,main)) $(go_compile)

# The release is written last: what was cut short is not run.  What the twins import is built
# before all of them begin to.
define GO_EXECUTOR
ifneq ($$(file <$(B)/$(1)/version),$(call go_version,$(1)))
$(B)/$(1)/version: FORCE
endif
$(B)/$(1)/version:
	$$(call say,GO,"the standard library of $(1)")mkdir -p $(B)/$(1) && cd $(B)/$(1) && \
	    $(call go_with,$(1)) build $(GO_IMPORTS) && echo $(call go_version,$(1)) > version

$(B)/$(1)/twins $(B)/$(1)/twins-net: bench/go/placements.sh bench/go/driver.go bench/go/measure.go $(B)/go/columns.go $(GO_TWINS) $(B)/$(1)/version
	$$(call say,GO,$$@)rm -rf $$@.src && sh $$< $$@.src $(B)/go/columns.go $(TREE) $$(call go_tips_in,$$@) && \
	    $$(if $$(call go_is_old,$(1)),$$(call go_old,$$@.src/twin*,twin)) $$(call go_compile,$(1)) && \
	    for t in $$(call go_tips_in,$$@); do \
	        mkdir -p $(B)/$(1)/$$$$t && for w in bad good; do ln -sfn ../../$$(@F) $(B)/$(1)/$$$$t/$$$$w || exit 1; done; done

$(B)/$(1)/aged: bench/go/aged.go bench/go/measure.go $(GO_PROBES) $(B)/$(1)/version
	$$(call say,GO,$$@)$$(call go_build,$(1))

$(B)/twinbench-$(1): bench/go/twinbench-go.sh
	$$(Q)cp $$< $$@ && chmod +x $$@

$(B)/$(1)/release: bench/go/facts.sh $(B)/$(1)/twins $(if $(GO_NET_TIPS),$(B)/$(1)/twins-net) $(B)/$(1)/aged $(B)/twinbench-$(1)
	$$(Q)rm -f $(B)/$(1)/placements/complete; $$< $(call go_version,$(1)) $(B)/$(1) $(call go_with,$(1)) > $$@.new && mv $$@.new $$@
endef

# The packages of the standard library that are imported somewhere.
GO_IMPORTS := $(if $(GOS),$(shell sed -n 's/^\t"\(.*\)"$$/\1/p; s/^import "\(.*\)"$$/\1/p' \
                  bench/go/*.go $(wildcard $(TREE)/*/*/*.go) | sort -u))
$(foreach g,$(GOS),$(eval $(call GO_EXECUTOR,$(g))))
