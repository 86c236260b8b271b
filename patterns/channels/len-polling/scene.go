// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync/atomic"
)

const (
	inboxSlots   = 64
	requestsAJob = 4
)

// A request watches an inbox that it shares with the others, in a loop that does
// something else most of the time. Every fourth request brings a job; whoever
// finds it does it. To do a job one has to get ready, and others run meanwhile.
type scene struct {
	looks uint64
	inbox chan uint64
	stale atomic.Int64 // jobs that were said to be there, and were not
	done  atomic.Int64
}

func (s *scene) setup(p params) {
	s.looks = p.size
	s.inbox = make(chan uint64, inboxSlots)
}

func (s *scene) probe(out sample) { out["stale"] = s.stale.Load() }

// Read request i, which lets others run; it may bring a job.
func (s *scene) read(i uint64) {
	if i%requestsAJob == 0 {
		select {
		case s.inbox <- i:
		default:
		}
	}
	runtime.Gosched()
}

func getReady() { runtime.Gosched() }

func (s *scene) do(job uint64) { s.done.Add(1) }

// Take the job that is there. Where it is not, a plain receive would wait; so
// that the process comes to an end, that is counted instead.
func (s *scene) takeSurely() (uint64, bool) {
	select {
	case job := <-s.inbox:
		return job, true
	default:
		s.stale.Add(1)
		return 0, false
	}
}
