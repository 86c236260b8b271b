// SPDX-License-Identifier: MIT

package main

import "fmt"

func init() {
	agedProbes["closed-gives-zero"] = func() (bool, string) {
		c := make(chan int, 1)
		c <- 7
		close(c)
		a, b, d := <-c, <-c, <-c
		return a == 7 && b == 0 && d == 0, fmt.Sprintf("a closed channel that held 7 gave %d, %d, %d", a, b, d)
	}
}
