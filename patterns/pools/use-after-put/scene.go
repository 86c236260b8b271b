// SPDX-License-Identifier: MIT

package main

import (
	"strconv"
	"sync"
	"sync/atomic"
)

// A request is answered with a frame on a connection. Frames are written in objects
// from a pool. A ping is due on the connection, and goes out before whatever is sent
// next; its frame is from the same pool.
type scene struct {
	frames sync.Pool
	sent   atomic.Int64 // bytes on the wire
}

type frame struct{ text []byte }

func (s *scene) setup(p params) {
	s.frames.New = func() any { return new(frame) }
}

func (f *frame) write(what string, number uint64) {
	f.text = append(strconv.AppendUint(append(f.text[:0], what...), number, 10), '\n')
}

// The bytes of a frame on the wire, as the other side adds them up.
func (s *scene) wire(f *frame) uint64 {
	var sum uint64
	for _, c := range f.text {
		sum = 31*sum + uint64(c)
	}
	s.sent.Add(int64(len(f.text)))
	return sum
}

// Send the ping that is due, then f: what has arrived of f.
func (s *scene) send(f *frame) uint64 {
	ping := s.frames.Get().(*frame)
	ping.write("PING ", 0)
	s.wire(ping)
	s.frames.Put(ping)
	return s.wire(f)
}
