// SPDX-License-Identifier: MIT

package main

import "fmt"

func init() {
	agedProbes["arguments-at-defer"] = func() (bool, string) {
		seen := 0
		func() {
			x := 1
			defer func(at int) { seen = at }(x)
			x = 2
		}()
		return seen == 1, fmt.Sprintf("of 1, then 2, the deferred call saw %d", seen)
	}
}
