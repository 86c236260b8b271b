// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

const tasks = 8

// A request scores a batch of readings. One reading takes tens of nanoseconds.
type scene struct {
	readings uint64 // a request; at least tasks, and a multiple of it
}

func (s *scene) setup(p params) { s.readings = (p.size + tasks - 1) / tasks * tasks }

type batch struct {
	number, readings uint64
	scoring          sync.WaitGroup
	sum              uint64 // atomic
}

func (s *scene) batch(i uint64) *batch { return &batch{number: i, readings: s.readings} }

// How far a reading is from what was expected.
func readingScore(number uint64) uint64 {
	x := number * 0x9e3779b97f4a7c15
	for k := 0; k < 8; k++ {
		x = (x ^ (x >> 29)) * 0xbf58476d1ce4e5b9
	}
	return x >> 54
}

// Readings first to end - 1: the work of one goroutine.
func (b *batch) score(first, end uint64) {
	var sum uint64
	for k := first; k < end; k++ {
		sum += readingScore(b.number*b.readings + k)
	}
	atomic.AddUint64(&b.sum, sum)
	b.scoring.Done()
}

// Wait for all: what do the readings come to?
func (b *batch) total() uint64 {
	b.scoring.Wait()
	return b.sum
}
