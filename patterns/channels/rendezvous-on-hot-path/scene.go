// SPDX-License-Identifier: MIT

package main

// A request sends a stream of values through two stages that are equally fast:
// one makes them, the other adds them up.
type scene struct {
	values uint64
}

func (s *scene) setup(p params) { s.values = p.size }

func addUp(values <-chan uint64) <-chan uint64 {
	total := make(chan uint64, 1)
	go func() {
		var sum uint64
		for v := range values {
			sum += v
		}
		total <- sum
	}()
	return total
}
