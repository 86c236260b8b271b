// SPDX-License-Identifier: MIT

package main

import (
	"sync/atomic"
	"time"
	"unsafe"
)

const (
	servedPerSecond = 2000
	period          = time.Second / servedPerSecond
	patience        = 100 * time.Millisecond
)

// Requests hand events to one consumer, which serves servedPerSecond and no
// more, and wait for its answer.
type scene struct {
	events  chan event
	done    chan struct{}
	refused atomic.Int64
	held    atomic.Int64 // most events that waited inside the channel
}

type event struct {
	number uint64
	answer chan uint64
	body   [240]byte
}

func (s *scene) setup(p params) {
	s.events = make(chan event, slots)
	s.done = make(chan struct{})
	go s.consume()
}

func (s *scene) tearDown() {
	close(s.events)
	<-s.done
}

func (s *scene) probe(out sample) {
	out["dropped"] = s.refused.Load()
	out["held_bytes"] = s.held.Load() * int64(unsafe.Sizeof(event{}))
}

// The consumer keeps a timetable: what it lost by waking late it makes up.
func (s *scene) consume() {
	due := time.Now()
	for {
		var e event
		var ok bool
		if n := int64(len(s.events)); n > s.held.Load() {
			s.held.Store(n)
		}
		select {
		case e, ok = <-s.events:
		default:
			e, ok = <-s.events
			due = time.Now()
		}
		if !ok {
			close(s.done)
			return
		}
		due = due.Add(period)
		time.Sleep(time.Until(due))
		e.answer <- e.number
	}
}

func makeEvent(i uint64) event {
	return event{number: i, answer: make(chan uint64)}
}

// Turn away an event that the consumer was not given; it is answered too.
func (s *scene) refuse(e event) uint64 {
	s.refused.Add(1)
	opRefused(e.number)
	return e.number
}
