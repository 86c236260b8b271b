// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"runtime"
	"time"
)

// A pool of one worker, who holds it.
type agedPool struct {
	jobs chan int
	big  [1000]byte
}

func agedNewPool() *agedPool {
	p := &agedPool{jobs: make(chan int)}
	go func() {
		for range p.jobs {
			p.big[0]++
		}
	}()
	return p
}

// What its user has: the worker does not know it.
type agedHandle struct{ pool *agedPool }

// How many goroutines more than before are left, after collections.
func agedWorkersLeft(before, most int) int {
	for i := 0; i < 20 && runtime.NumGoroutine() > before+most; i++ {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	return runtime.NumGoroutine() - before
}

func init() {
	agedProbes["held-pool-not-finalized"] = func() (bool, string) {
		before := runtime.NumGoroutine()
		for i := 0; i < 64; i++ {
			runtime.SetFinalizer(agedNewPool(), func(p *agedPool) { close(p.jobs) })
		}
		left := agedWorkersLeft(before, 0)
		return left >= 64, fmt.Sprintf("%d workers are left of 64", left)
	}
	agedProbes["handle-finalized"] = func() (bool, string) {
		before := runtime.NumGoroutine()
		for i := 0; i < 64; i++ {
			runtime.SetFinalizer(&agedHandle{agedNewPool()}, func(h *agedHandle) { close(h.pool.jobs) })
		}
		left := agedWorkersLeft(before, 4)
		return left <= 8, fmt.Sprintf("%d workers are left of 64", left)
	}
}
