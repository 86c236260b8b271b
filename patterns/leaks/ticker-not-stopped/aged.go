// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"time"
)

func init() {
	agedProbes["ticker-collected"] = func() (bool, string) {
		const n = 10000
		before := agedHeap()
		for i := 0; i < n; i++ {
			time.NewTicker(time.Hour)
		}
		each := (agedHeap() - before) / n
		return each < 16, fmt.Sprintf("%d B are held for each of %d tickers", each, n)
	}
}
