// SPDX-License-Identifier: MIT

package main

import "sync"

const devices, messages = 128, 64

// A request brings messages of devices: some report a reading, the others ask for the
// last one. There are two tables of the last readings.
type scene struct {
	reports uint64 // of the messages of a request; the others ask
	sync    sync.Map
	mutex   sync.Mutex
	table   map[uint64]uint64 // under the mutex
}

func (s *scene) setup(p params) {
	s.reports = p.size
	s.table = map[uint64]uint64{}
	for device := uint64(0); device < devices; device++ {
		s.sync.Store(device, uint64(0))
		s.lockedStore(device, 0)
	}
}

// Requests that follow each other have half of their devices in common.
func deviceOf(i, k uint64) uint64 { return (i*messages/2 + k) * 7 % devices }

// Every report of a device has the same reading.
func readingOf(device uint64) uint64 { return 20000 + device*31 }

// What is answered about a reading: is it one of that device, or none so far? So the
// answer does not depend on who came first.
func isFit(device, reading uint64) uint64 {
	if reading == 0 || reading == readingOf(device) {
		return 1
	}
	return 0
}

func (s *scene) syncLoad(device uint64) uint64 {
	reading, _ := s.sync.Load(device)
	return reading.(uint64)
}

func (s *scene) lockedStore(device, reading uint64) {
	s.mutex.Lock()
	s.table[device] = reading
	s.mutex.Unlock()
}

func (s *scene) lockedLoad(device uint64) uint64 {
	s.mutex.Lock()
	reading := s.table[device]
	s.mutex.Unlock()
	return reading
}
