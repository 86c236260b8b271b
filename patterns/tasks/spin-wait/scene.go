// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A request waits for an index, which a goroutine builds in many small pieces. After each piece
// the builder lets others run, as a good neighbour does.
type scene struct {
	pieces uint64 // of an index
}

func (s *scene) setup(p params) { s.pieces = p.size }

type index struct {
	number, pieces uint64
	sum            uint64         // of what has been built
	built          sync.WaitGroup // or, for who looks:
	done           uint64         // atomic
}

func buildPiece(number uint64) uint64 {
	x := number
	for k := 0; k < 16; k++ {
		x = (x ^ (x >> 29)) * 0xbf58476d1ce4e5b9
	}
	return x >> 32
}

func (x *index) build() {
	for k := uint64(0); k < x.pieces; k++ {
		x.sum += buildPiece(x.number*x.pieces + k)
		runtime.Gosched()
	}
	atomic.AddUint64(&x.done, 1)
	x.built.Done()
}

// Have it built.
func (s *scene) start(i uint64) *index {
	x := &index{number: i, pieces: s.pieces}
	x.built.Add(1)
	go x.build()
	return x
}

func (x *index) isBuilt() bool { return atomic.LoadUint64(&x.done) == 1 }
