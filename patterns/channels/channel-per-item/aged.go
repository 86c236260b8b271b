// SPDX-License-Identifier: MIT

package main

import "fmt"

var agedSink int

func init() {
	agedProbes["channel-from-heap"] = func() (bool, string) {
		each := agedAllocations(func() {
			c := make(chan int, 1)
			c <- 1
			agedSink += <-c
		})
		return each >= 0.99 && each < 1.5, fmt.Sprintf("%.2f allocations for a channel that stays in its function", each)
	}
}
