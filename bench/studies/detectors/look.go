// SPDX-License-Identifier: MIT
//
// look.go - what the profiles say of a twin's goroutines, while its scene is still there. It is
// compiled with the driver and one twin.
//
// TWIN_LOOK=1 prints them after the last request, or after TWIN_LOOK seconds from a process that
// is stuck. Without it nothing is printed, and no timer keeps the runtime from finding a deadlock.

package main

import (
	"fmt"
	"os"
	"runtime/pprof"
	"strconv"
	"time"
)

func init() {
	seconds, err := strconv.Atoi(os.Getenv("TWIN_LOOK"))
	if err != nil {
		return
	}
	driveLook = look
	os.Setenv("TWIN_LOOK", "0") // the twins of all tips are in this program: one timer will do
	if seconds == 0 {
		return
	}
	time.AfterFunc(time.Duration(seconds)*time.Second, func() {
		look()
		os.Exit(3)
	})
}

func look() {
	for _, name := range []string{"goroutine", "goroutineleak"} {
		fmt.Println("profile", name)
		if p := pprof.Lookup(name); p == nil {
			fmt.Println("none")
		} else if err := p.WriteTo(os.Stdout, 1); err != nil {
			driveFail(1, "%v", err)
		}
	}
}
