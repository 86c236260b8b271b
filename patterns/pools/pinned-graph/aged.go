// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"runtime"
)

func init() {
	agedProbes["slice-keeps-tail"] = func() (bool, string) {
		s := make([]*agedBig, 64)
		for i := range s {
			s[i] = agedNew()
		}
		s = s[:0]
		freed := agedCollected(1)
		runtime.KeepAlive(s)
		return freed == 0, fmt.Sprintf("behind s[:0] the collector took %d of 64", freed)
	}
}
