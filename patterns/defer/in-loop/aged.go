// SPDX-License-Identifier: MIT

package main

import "fmt"

func agedDeferred(n int) (ran int) {
	for i := 0; i < n; i++ {
		defer func() { ran++ }()
	}
	return
}

func init() {
	// Records that were given back are used again, so the first call is the one that shows it.
	agedProbes["loop-takes-records"] = func() (bool, string) {
		const n = 10000
		bytes := agedHeapGrowth(func() { agedDeferred(n) }) / n
		return bytes >= 16, fmt.Sprintf("%d B for each of %d defers in a loop", bytes, n)
	}
	agedProbes["loop-variable-each"] = func() (bool, string) {
		var saw [3]int
		var later []func() int
		for i := 0; i < 3; i++ {
			later = append(later, func() int { return i })
		}
		for k, f := range later {
			saw[k] = f()
		}
		return saw == [3]int{0, 1, 2}, fmt.Sprintf("closures of a loop see %v", saw)
	}
}
