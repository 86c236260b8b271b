// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

const parts = 10

// A request shows a page of ten parts. Each part is loaded by a goroutine of its own,
// and what is sent is what has been loaded by then.
type scene struct{}

type page struct {
	number  uint64
	loading sync.WaitGroup
	bytes   uint64 // atomic: loaded so far
}

func newPage(number uint64) *page { return &page{number: number} }

func (p *page) loadPart(k uint64) {
	atomic.AddUint64(&p.bytes, 1000+(p.number+7*k)%100)
}

func (p *page) send() uint64 { return atomic.LoadUint64(&p.bytes) }
