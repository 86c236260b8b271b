// SPDX-License-Identifier: MIT

package main

import (
	"sync/atomic"
	"time"
)

const (
	perSecond = 2000
	period    = time.Second / perSecond
	burst     = 100
)

// Uploads are handed to one resizer, which manages perSecond and no more, through
// a queue that holds the largest burst ever seen.
type scene struct {
	queue   chan *upload
	ended   chan struct{}
	dropped atomic.Int64
}

type upload struct {
	number uint64
	done   chan uint64
}

func (s *scene) setup(p params) {
	s.queue = make(chan *upload, burst)
	s.ended = make(chan struct{})
	go s.resize()
}

func (s *scene) tearDown() {
	close(s.queue)
	<-s.ended
}

func (s *scene) probe(out sample) { out["dropped"] = s.dropped.Load() }

func receive(i uint64) *upload { return &upload{i, make(chan uint64, 1)} }

// The resizer keeps a timetable: what it lost by waking late it makes up. After
// an idle time the timetable starts again from now.
func (s *scene) resize() {
	due := time.Now()
	for {
		var u *upload
		var ok bool
		select {
		case u, ok = <-s.queue:
		default:
			u, ok = <-s.queue
			due = time.Now()
		}
		if !ok {
			close(s.ended)
			return
		}
		due = due.Add(period)
		time.Sleep(time.Until(due))
		u.done <- u.number
	}
}

// "503, try again later": an answer too.
func (s *scene) refuse(u *upload) uint64 {
	s.dropped.Add(1)
	opRefused(u.number)
	return u.number
}
