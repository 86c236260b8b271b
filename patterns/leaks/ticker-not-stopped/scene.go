// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync/atomic"
	"time"
)

// A job reports its progress once a second while it runs, by a goroutine of its own
// that ranges over a ticker. The job takes microseconds: no tick comes meanwhile.
type scene struct {
	reports atomic.Uint64
}

type job struct {
	scene  *scene
	number uint64
	tick   *time.Ticker
	done   chan struct{}
}

func (s *scene) begin(i uint64) *job {
	return &job{s, i, time.NewTicker(time.Second), make(chan struct{})}
}

// The job itself; others run meanwhile.
func (j *job) run() uint64 {
	runtime.Gosched()
	return j.number
}

func (j *job) report() { j.scene.reports.Add(1) }
