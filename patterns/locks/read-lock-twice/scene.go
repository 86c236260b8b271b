// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
)

const (
	ours = iota
	theirs
)

// Four of five requests split a sum by two settings, which come to 100 % in each version of
// the settings; the fifth puts a new version in. A setting is kept as text, and a goroutine
// that reads one lets others run.
type scene struct {
	lock    sync.RWMutex
	percent [2]uint64
}

func (s *scene) setup(p params) { s.percent[theirs] = 100 }

func bringsSettings(i uint64) bool { return i%5 == 4 }

// A new version; the answer is the number of the request.
func (s *scene) change(i uint64) uint64 {
	s.lock.Lock()
	s.percent[ours] = (s.percent[ours] + i) % 101 // at the end the same in any order
	s.percent[theirs] = 100 - s.percent[ours]
	s.lock.Unlock()
	return i
}

// One setting, for who holds the lock.
func (s *scene) settingLocked(which int) uint64 {
	percent := s.percent[which]
	runtime.Gosched() // the text is read
	return percent
}

// One setting, for everybody else.
func (s *scene) setting(which int) uint64 {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.settingLocked(which)
}
