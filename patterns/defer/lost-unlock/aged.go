// SPDX-License-Identifier: MIT

package main

import "runtime"

func init() {
	agedProbes["runs-on-panic-and-goexit"] = func() (bool, string) {
		ran := 0
		agedPanics(func() {
			defer func() { ran++ }()
			panic("on purpose")
		})
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			defer func() { ran++ }()
			runtime.Goexit()
		}()
		<-ended
		return ran == 2, "deferred calls ran on panic and on Goexit"
	}
}
