// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"
)

const period = 50 * time.Millisecond

// A request opens a session, and a goroutine of its own keeps the session fresh
// while it lasts. The request has a context, which is cancelled when it is over.
type scene struct {
	opened atomic.Uint64
}

type session struct {
	number    uint64
	request   context.Context
	cancel    context.CancelFunc
	refreshed atomic.Uint64
	state     [1024]byte
}

func (s *scene) open(i uint64) *session {
	x := &session{number: i}
	x.request, x.cancel = context.WithCancel(context.Background())
	s.opened.Add(1)
	return x
}

func (x *session) serve() uint64 {
	runtime.Gosched() // writing the answer lets others run
	return x.number
}

func (x *session) refresh() {
	k := x.refreshed.Add(1)
	x.state[k%uint64(len(x.state))] = byte(k)
}

// The request is over: its context says so to whoever looks.
func (x *session) end() { x.cancel() }
