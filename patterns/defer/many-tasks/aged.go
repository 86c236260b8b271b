// SPDX-License-Identifier: MIT

package main

import "fmt"

var agedRan int

func agedThree() {
	defer func() { agedRan++ }()
	defer func() { agedRan++ }()
	defer func() { agedRan++ }()
}

func init() {
	agedProbes["three-take-nothing"] = func() (bool, string) {
		each := agedAllocations(agedThree)
		grown := agedHeapGrowth(agedThree)
		return each == 0 && grown == 0, fmt.Sprintf("%.0f allocations for three defers", each)
	}
}
