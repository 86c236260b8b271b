// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"runtime"
)

func init() {
	agedProbes["channel-whole"] = func() (bool, string) {
		const slots, bytes = 10000, 64
		before := agedHeap()
		c := make(chan [bytes]byte, slots)
		held := agedHeap() - before
		runtime.KeepAlive(c)
		return held >= slots*bytes, fmt.Sprintf("an empty channel of %d x %d B holds %d B", slots, bytes, held)
	}
}
