// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"time"
)

const patience = 5 * time.Minute

// A request asks a backend, and waits five minutes for the answer at most. The
// backend answers at once: no limit is ever reached. The request's context carries
// what was asked for, as a logger or a tracer wants to know it.
type scene struct {
	service context.Context
	stop    context.CancelFunc
	asks    chan ask
}

type ask struct {
	number uint64
	reply  chan uint64
}

func (s *scene) setup(p params) {
	s.service, s.stop = context.WithCancel(context.Background())
	s.asks = make(chan ask)
	go s.backend()
}

func (s *scene) tearDown() {
	s.stop()
	close(s.asks)
}

func (s *scene) backend() {
	for a := range s.asks {
		a.reply <- a.number * a.number
	}
}

type asked struct{}

func (s *scene) request(i uint64) context.Context {
	return context.WithValue(s.service, asked{}, make([]byte, 4096))
}

func (s *scene) ask(limit context.Context, i uint64) uint64 {
	reply := make(chan uint64, 1)
	s.asks <- ask{i, reply}
	select {
	case answer := <-reply:
		return answer
	case <-limit.Done():
		return 0
	}
}
