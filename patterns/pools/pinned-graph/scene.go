// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
)

const (
	nodes     = 32
	nodeBytes = 512
)

// A request object from a pool refers to the graph of what its answer is made
// from.
type scene struct {
	requests sync.Pool
}

type node struct {
	next  *node
	value uint64
	rest  [nodeBytes - 16]byte
}

type request struct {
	graph *node
}

func (s *scene) setup(p params) {
	s.requests.New = func() any { return new(request) }
}

// What is reachable from the pool.
func (s *scene) probe(out sample) {
	s.requests.New = nil
	var idle int64
	for {
		r, ok := s.requests.Get().(*request)
		if !ok {
			break
		}
		for n := r.graph; n != nil; n = n.next {
			idle += nodeBytes
		}
	}
	s.requests.New = func() any { return new(request) }
	out["idle_bytes"] = idle
}

func buildGraph(i uint64) *node {
	var first *node
	for k := uint64(0); k < nodes; k++ {
		first = &node{next: first, value: i%1000 + k}
	}
	return first
}

// Waits for a turn in the middle, as for a backend: all clients are in here at
// once.
func (r *request) serve() uint64 {
	var sum uint64
	runtime.Gosched()
	for n := r.graph; n != nil; n = n.next {
		sum += n.value
	}
	return sum
}
