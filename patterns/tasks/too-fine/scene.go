// SPDX-License-Identifier: MIT

package main

// So many readings are sorted in some ten microseconds.
const enough = 1024

// A request sorts its readings by parallel merge sort.
type scene struct {
	readings uint64 // a request
}

func (s *scene) setup(p params) { s.readings = p.size }

// Both halves are sorted; space is as long.
func merge(readings, space []uint64) {
	half := len(readings) / 2
	l, r := 0, half
	for k := range space {
		if r == len(readings) || (l < half && readings[l] <= readings[r]) {
			space[k] = readings[l]
			l++
		} else {
			space[k] = readings[r]
			r++
		}
	}
	copy(readings, space)
}

// In this goroutine.
func sortAlone(readings, space []uint64) {
	if len(readings) < 2 {
		return
	}
	half := len(readings) / 2
	sortAlone(readings[:half], space[:half])
	sortAlone(readings[half:], space[half:])
	merge(readings, space)
}

// The readings of request i, not in order.
func (s *scene) make(i uint64) []uint64 {
	readings := make([]uint64, s.readings)
	for k := range readings {
		readings[k] = ((i*s.readings + uint64(k)) * 0x9e3779b97f4a7c15) >> 40
	}
	return readings
}

// A sum that depends on the order.
func sumOf(readings []uint64) uint64 {
	var sum uint64
	for k, reading := range readings {
		sum += reading * uint64(k+1)
	}
	return sum
}
