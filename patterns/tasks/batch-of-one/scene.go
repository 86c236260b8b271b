// SPDX-License-Identifier: MIT

package main

const batchSize = 64

// A request sends readings through a channel to a second stage, which adds them up. At most
// batchSize readings wait in the channel, however they are sent.
type scene struct {
	readings uint64 // a request
}

func (s *scene) setup(p params) { s.readings = p.size }

// Readings that go together.
type batch struct {
	n        int
	readings [batchSize]uint64
}

func (b *batch) send(to chan<- batch) {
	if b.n > 0 {
		to <- *b
	}
	b.n = 0
}

// Send it when it is full.
func (b *batch) add(reading uint64, to chan<- batch) {
	b.readings[b.n] = reading
	b.n++
	if b.n == batchSize {
		b.send(to)
	}
}

func (b *batch) sum() uint64 {
	var sum uint64
	for _, reading := range b.readings[:b.n] {
		sum += reading
	}
	return sum
}
