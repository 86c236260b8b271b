// SPDX-License-Identifier: MIT

package main

import "fmt"

func init() {
	agedProbes["select-takes-either"] = func() (bool, string) {
		const n = 10000
		done, jobs, taken := make(chan struct{}), make(chan int, n), 0
		close(done)
		for i := 0; i < n; i++ {
			jobs <- i
		}
		for i := 0; i < n; i++ {
			select {
			case <-done:
			case <-jobs:
				taken++
			}
		}
		return taken > n*45/100 && taken < n*55/100,
			fmt.Sprintf("of %d selects beside a closed channel %d took the value", n, taken)
	}
}
