// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"sync"
)

func init() {
	agedProbes["pool-keeps-dirt"] = func() (bool, string) {
		p := sync.Pool{New: func() any { return new(agedBig) }}
		o := p.Get().(*agedBig)
		o.bytes[0] = 7
		p.Put(o)
		found := p.Get().(*agedBig).bytes[0]
		return found == 7, fmt.Sprintf("an object that was put back with 7 came out with %d", found)
	}
}
