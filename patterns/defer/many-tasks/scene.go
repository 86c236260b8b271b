// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

// A request starts a goroutine that holds three things and gives all of them back.
type scene struct {
	inFlight int64 // atomic
}

type job struct {
	scene  *scene
	done   sync.WaitGroup
	memory []byte
}

func (j *job) begin() {
	atomic.AddInt64(&j.scene.inFlight, 1)
	j.memory = make([]byte, 64)
}

func (j *job) leaveFlight() { atomic.AddInt64(&j.scene.inFlight, -1) }

func (j *job) freeMemory() { j.memory = nil }

func (j *job) sayDone() { j.done.Done() }

func (j *job) endAll() {
	j.leaveFlight()
	j.freeMemory()
	j.sayDone()
}
