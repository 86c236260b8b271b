# SPDX-License-Identifier: MIT
# The Go twins at other places in memory (bench/process/placements.mk has C's).
#
# It is the program that holds all of them (go.mk), compiled once and linked again and again; Go's linker
# orders the functions anew for each -randlayout=SEED.  One that does not know that, before
# Go 1.23, makes none, and Go is measured in one placement.  A program has 6 MB: so there are
# half as many as in C, and in a long run of a pair they come again.  Of several releases the
# newest alone is measured in full; the others have fewer blocks, and as much fewer placements.
# What imports net has one place.

GO_PLACES       := $(shell seq 32)
GO_PLACES_OLDER := $(wordlist 1,16,$(GO_PLACES))

GO_NEWEST := $(shell printf '%s\n' $(GOS) | sort -V | tail -n 1)
# $(call go_placed,EXECUTOR): the programs that are its placements.
go_placed  = $(patsubst %,$(B)/$(1)/placements/%,$(if $(filter $(GO_NEWEST),$(1)),$(GO_PLACES),$(GO_PLACES_OLDER)))

.PHONY: go-placements

placements: go-placements

go-placements: go-twins
	+$(Q)$(foreach g,$(GOS),[ ! -e $(B)/$(g)/release ] || ! $(call go_with,$(g)) tool link -help 2>&1 | grep -q randlayout || \
	    $(MAKE) --no-print-directory $(B)/$(g)/placements/complete || exit 1;)

define GO_PLACEMENTS_OF
$(B)/$(1)/placements/complete: $(go_placed)
	$$(Q)echo $$(words $$^) $(call go_version,$(1)) > $$@

$(B)/$(1)/placements/src/main.go: bench/go/placements.sh $(B)/$(1)/release
	$$(call say,GO,$$@)rm -rf $$(@D) $(B)/$(1)/placements/complete && \
	    sh $$< $$(@D) $(B)/go/columns.go $(TREE) $(GO_PLAIN_TIPS) && printf 'module twins\n\ngo %s\n' $(1:go%=%) > $$(@D)/go.mod

$(go_placed): $(B)/$(1)/placements/src/main.go
	$$(call say,GO,$$@)cd $$(<D) && $(call go_with,$(1)) build -buildvcs=false -ldflags='-s -w -randlayout=$$(@F)' -o ../$$(@F)
endef
$(foreach g,$(GOS),$(eval $(call GO_PLACEMENTS_OF,$(g))))
