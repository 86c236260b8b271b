// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"sync"
)

func init() {
	agedProbes["put-twice-got-twice"] = func() (bool, string) {
		p := sync.Pool{New: func() any { return new(agedBig) }}
		o := new(agedBig)
		p.Put(o)
		p.Put(o)
		twice := p.Get() == p.Get()
		return twice, fmt.Sprintf("after two puts of one object two gets gave the same: %v", twice)
	}
}
