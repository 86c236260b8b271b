// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync/atomic"
)

const bufferBytes = 32 << 10

// A request opens a connection, which has a buffer and a goroutine that waits for
// the hang-up.
type scene struct {
	opened atomic.Uint64
}

type connection struct {
	hangUp chan struct{}
	buffer []byte
}

func (s *scene) open() *connection {
	s.opened.Add(1)
	return &connection{make(chan struct{}), make([]byte, bufferBytes)}
}

// The request proper: read, work a little, answer.
func (c *connection) serve(i uint64) uint64 {
	var sum uint64
	for k := range c.buffer {
		c.buffer[k] = byte(i % 251)
	}
	for k := 0; k < len(c.buffer); k += 512 {
		sum += uint64(c.buffer[k])
	}
	runtime.Gosched() // writing the answer lets others run
	return sum
}

func (c *connection) watch() {
	<-c.hangUp
	c.buffer[0] = 0 // a buffer that is not used again would be collected
}
