// SPDX-License-Identifier: MIT

package main

import "runtime"

// A counter whose method is as short as Unlock, and looks who called it.
type agedNoted struct {
	callers [2]uintptr
	n       int
}

func (c *agedNoted) note() { c.n = runtime.Callers(1, c.callers[:]) }

func (c *agedNoted) update() { defer c.note() }

func init() {
	agedProbes["short-defer-written-in"] = func() (bool, string) {
		var c agedNoted
		c.update()
		frame, _ := runtime.CallersFrames(c.callers[:c.n]).Next()
		if frame.Func == nil { // so it is said of a function that is written into its caller
			return true, frame.Function + " is written into its caller"
		}
		return false, frame.Function + " is called"
	}
}
