// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A request converts an amount by an exchange rate, which is kept in a cache and comes from a
// database. The rate has just expired, and everybody needs it. The database is slower than all
// of them: before it answers, everybody has had his turn a hundred times since somebody last
// looked into the cache.
type scene struct {
	mutex    sync.Mutex // of the cache
	rate     uint64     // in hundredths, under the mutex; 0: it has expired
	looks    int64      // atomic: into the cache
	fetching sync.Mutex // for who asks the database
	calls    int64      // atomic: of the database
}

// 0: it is not there.
func (s *scene) cached() uint64 {
	s.mutex.Lock()
	rate := s.rate
	s.mutex.Unlock()
	atomic.AddInt64(&s.looks, 1)
	return rate
}

func (s *scene) think() {
	looks := int64(0)
	for turn := 0; turn < 100; turn++ {
		now := atomic.LoadInt64(&s.looks)
		if now != looks {
			turn = 0
		}
		looks = now
		runtime.Gosched()
	}
}

// Ask the database, and put the answer into the cache.
func (s *scene) fetch() uint64 {
	const rate = 113

	atomic.AddInt64(&s.calls, 1)
	s.think()
	s.mutex.Lock()
	s.rate = rate
	s.mutex.Unlock()
	return rate
}

func convert(i, rate uint64) uint64 { return (1000 + i%9000) * rate / 100 }

func (s *scene) probe(out sample) { out["calls"] = atomic.LoadInt64(&s.calls) }
