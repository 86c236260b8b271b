// SPDX-License-Identifier: MIT

package main

import "sync"

func init() {
	agedProbes["cond-named-lost"] = func() (bool, string) {
		for i := 0; i < 64; i++ {
			go func(c *sync.Cond) {
				c.L.Lock()
				c.Wait()
			}(sync.NewCond(new(sync.Mutex)))
		}
		lost := agedLost()
		return lost >= 60, agedLostWords(lost)
	}
}
