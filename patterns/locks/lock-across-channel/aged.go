// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"strings"
	"sync"
	"time"
)

// What a dump says in brackets of a goroutine that waits in f: the words before any time.
func agedWaitsAs(f func()) string {
	text := make([]byte, 1<<16)

	go f()
	time.Sleep(5 * time.Millisecond) // it waits by then
	for _, one := range strings.Split(string(text[:runtime.Stack(text, true)]), "\n\n") {
		if from := strings.Index(one, "["); from >= 0 && !strings.Contains(one, "[running]") {
			return strings.FieldsFunc(one[from+1:], func(r rune) bool { return r == ']' || r == ',' })[0]
		}
	}
	return "nothing"
}

func init() {
	agedProbes["dump-names-the-mutex"] = func() (bool, string) {
		var m sync.Mutex
		m.Lock()
		says := agedWaitsAs(m.Lock)
		return says == "sync.Mutex.Lock", "of a goroutine that waits for a lock the dump says [" + says + "]"
	}
}
