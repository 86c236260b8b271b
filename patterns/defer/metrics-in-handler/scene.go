// SPDX-License-Identifier: MIT

package main

import "sync/atomic"

// A request goes through many small handlers, each of which is counted.
type scene struct {
	handlers uint64
	handled  uint64 // atomic
}

func (s *scene) setup(p params) { s.handlers = p.size }

func (s *scene) countHandled() { atomic.AddUint64(&s.handled, 1) }

func handle(i uint64) uint64 { return i * 2654435761 >> 7 }
