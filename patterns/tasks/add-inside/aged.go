// SPDX-License-Identifier: MIT

package main

import "sync"

func init() {
	agedProbes["waitgroup-go"] = func() (bool, string) {
		_, there := any(new(sync.WaitGroup)).(interface{ Go(func()) })
		if there {
			return true, "a WaitGroup has a method Go"
		}
		return false, "a WaitGroup has no method Go"
	}
}
