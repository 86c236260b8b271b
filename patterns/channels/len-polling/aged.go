// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"time"
)

func init() {
	agedProbes["timer-len-0"] = func() (bool, string) {
		t := time.NewTimer(time.Millisecond)
		time.Sleep(10 * time.Millisecond)
		return len(t.C) == 0, fmt.Sprintf("len of a fired timer's channel is %d", len(t.C))
	}
}
