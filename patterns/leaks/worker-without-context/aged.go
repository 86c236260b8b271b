// SPDX-License-Identifier: MIT

package main

import "time"

func init() {
	agedProbes["ticking-not-named"] = func() (bool, string) {
		for i := 0; i < 64; i++ {
			go func(t *time.Ticker) {
				for {
					<-t.C
				}
			}(time.NewTicker(time.Hour))
		}
		lost := agedLost()
		return lost <= 0, agedLostWords(lost)
	}
}
