// SPDX-License-Identifier: MIT

package main

import "sync"

const (
	settings     = 4096
	looks        = 32
	looksAChange = 64
)

// A request looks settings up, a few words at a time. One look in 64 finds a setting out
// of date and enters it anew.
type scene struct {
	entries  uint64
	rwmutex  sync.RWMutex
	mutex    sync.Mutex
	settings [settings]uint32 // under one of the two
	changes  uint64           // likewise
}

func (s *scene) setup(p params) {
	s.entries = p.size
	for k := range s.settings {
		s.settings[k] = settingOf(uint64(k))
	}
}

// Under the lock: as many entries as a look wants.
func (s *scene) read(at uint64) uint64 {
	var sum uint64
	for k := uint64(0); k < s.entries; k++ {
		sum += uint64(s.settings[(at+k)%settings])
	}
	return sum
}

// Does that look find a setting out of date, and enters it?
func settingIsOld(at uint64) bool { return at%looksAChange == 0 }

// The one that is there already, so that all answer alike.
func settingOf(at uint64) uint32 { return uint32(at%settings) * 2654435761 >> 16 }

// Under the lock, as a writer.
func (s *scene) write(at uint64) {
	s.settings[at%settings] = settingOf(at)
	s.changes++
}
