// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const articles = 512

type prices [articles]uint64

// A request looks up an article in the price list, which comes from a slow
// database and is kept. Between two requests the collector runs a few times.
type scene struct {
	collections     uint64
	requests, loads atomic.Int64
	pool            sync.Pool // of *prices; has no New
	cache           sync.Map  // "prices": *prices
}

func (s *scene) setup(p params) { s.collections = p.size }

// Wherever the list was kept: a hit is a request that did not load it.
func (s *scene) probe(out sample) {
	if n := s.requests.Load(); n > 0 {
		out["pool_hit_rate"] = 100 * (n - s.loads.Load()) / n
	}
}

func (s *scene) loadPrices() *prices {
	s.loads.Add(1)
	list := new(prices)
	for k := uint64(0); k < articles; k++ {
		list[k] = 100 + k*k%907
	}
	return list
}

func (list *prices) of(i uint64) uint64 { return list[i%articles] }

func (s *scene) othersWork() {
	s.requests.Add(1)
	for k := uint64(0); k < s.collections; k++ {
		runtime.GC()
	}
}
