// SPDX-License-Identifier: MIT

package main

import "time"

const patience = 30 * time.Second

// A request reads a stream of readings, and gives up if the next one does not
// come within 30 seconds. It always comes: no time limit is ever reached.
type scene struct {
	readings uint64
}

func (s *scene) setup(p params) { s.readings = p.size }

func (s *scene) streamOf(i uint64) <-chan uint64 {
	stream := make(chan uint64, s.readings)
	for k := uint64(1); k <= s.readings; k++ {
		stream <- i + k
	}
	close(stream)
	return stream
}
