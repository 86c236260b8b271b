# SPDX-License-Identifier: MIT
# The compiler does not report what .incbin includes; a link-time optimiser does not find it.

$(B)/bench/ab/go_benchmarks.o: override CFLAGS += -fno-lto
$(B)/bench/ab/go_benchmarks.o: bench/go/find.sh
