# SPDX-License-Identifier: MIT
# teaching.mk - what a teacher asks for.  Read after the Makefile.

DEPS_TEACH := python3-markdown
DEPS_TEST += $(DEPS_TEACH) python3-yaml

# Names from outside are taken as they are (the Makefile's first lines).
override FAMILY := $(value FAMILY)
override ROSTER := $(value ROSTER)
export FAMILY ROSTER

.PHONY: slides predict bundle handin

### Teach

## a deck of 90 minutes for each family, and what to say
##   FAMILY=leaks  RUN=results/...
slides:
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_TEACH),$(B)/twinbench)
	$(Q)$(PYTHON) notebooks/teaching/slides.py --words $(B)/twinbench $(if $(RUN),--run $(RUN)) "$$FAMILY"

## what the class predicts of a tip, beside what was found
##   TIP=family/tip  ADDRESS=0.0.0.0  PORT=n
##   DIR=folder of files  SHOW=1  RUN=results/...
predict:
	$(call a_tip,make predict TIP=family/tip)
	$(call ready,$(DEPS_BUILD) $(DEPS_BENCH) $(DEPS_GRADE),$(B)/twinbench)
	$(Q)$(PYTHON) notebooks/teaching/predict.py --words $(B)/twinbench $(if $(RUN),--run $(RUN)) $${ADDRESS:+--address "$$ADDRESS"} \
	    $${PORT:+--port "$$PORT"} $(if $(SHOW),--show) $${DIR:+--from="$$DIR"} -- "$$TIP"

## an archive for students, without answers, and a teacher's
bundle:
	$(call ready,$(DEPS_BUILD) $(DEPS_GRADE) $(DEPS_TEACH) binutils,$(B)/twinbench)
	$(Q)B=$(B) $(PYTHON) notebooks/teaching/bundle.py

## hand-in elsewhere; notebooks/HANDIN.md
##   FORMAT=gradescope|classroom|nbgrader  TIP=family/tip
##   FORMAT=moodle|canvas  DIR=class  ROSTER=file.csv
handin:
	$(Q)[ '$(FORMAT)' ] && [ "$$TIP$$DIR" ] || { echo "twinbench: make handin FORMAT=gradescope TIP=family/tip; see notebooks/HANDIN.md" >&2; exit 2; }
	$(Q)bench/deps.sh $(DEPS_GRADE) $(DEPS_TEACH)
	$(Q)$(PYTHON) notebooks/teaching/handin.py $${ROSTER:+--roster="$$ROSTER"} -- '$(FORMAT)' "$${TIP:-$$DIR}"
