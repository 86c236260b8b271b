// SPDX-License-Identifier: MIT

package main

import "sync"

const places = 8

type page struct {
	number, bytes uint64
}

// A request renders a page and keeps it in a cache, which holds the newest eight.
type scene struct {
	mutex      sync.Mutex
	pages      [places]page // page k is in place k % places
	first, end uint64       // those from first to end - 1 are there
}

func render(i uint64) page {
	return page{i, 2000 + i%97}
}

// Under the lock.
func (s *scene) isFull() bool {
	return s.end-s.first == places
}

// Under the lock, where there is room.
func (s *scene) keep(p page) {
	s.pages[s.end%places] = p
	s.end++
}

// The oldest page goes, if there is any. Under the lock.
func (s *scene) evictLocked() {
	if s.first < s.end {
		s.first++
	}
}

// The same for whoever does not hold the lock.
func (s *scene) evict() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.evictLocked()
}
