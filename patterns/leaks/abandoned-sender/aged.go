// SPDX-License-Identifier: MIT

package main

func init() {
	agedProbes["sender-named-lost"] = func() (bool, string) {
		for i := 0; i < 64; i++ {
			go func(c chan int) { c <- 1 }(make(chan int))
		}
		lost := agedLost()
		return lost >= 60, agedLostWords(lost)
	}
}
