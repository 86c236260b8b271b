// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"sync"
)

func init() {
	agedProbes["new-on-a-miss"] = func() (bool, string) {
		made := 0
		p := sync.Pool{New: func() any { made++; return new(agedBig) }}
		for i := 0; i < 100; i++ {
			p.Put(p.Get())
		}
		return made == 1, fmt.Sprintf("100 of Get and Put called New %d times", made)
	}
}
