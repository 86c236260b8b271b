// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"time"
)

// 64 timers whose functions hold an object each; stopped or not.
func agedTimers(stop bool) {
	for i := 0; i < 64; i++ {
		o := agedNew()
		t := time.AfterFunc(time.Hour, func() { o.bytes[0]++ })
		if stop {
			t.Stop()
		}
	}
}

func init() {
	agedProbes["pending-kept"] = func() (bool, string) {
		agedTimers(false)
		freed := agedCollected(1)
		return freed == 0, fmt.Sprintf("the collector took %d of 64 functions that are pending", freed)
	}
	agedProbes["stopped-freed"] = func() (bool, string) {
		agedTimers(true)
		freed := agedCollected(60)
		return freed >= 60, fmt.Sprintf("the collector took %d of 64 functions whose timer was stopped", freed)
	}
}
