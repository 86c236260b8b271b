// SPDX-License-Identifier: MIT

package main

import "time"

// A request asks a replica that may be slow, and does not wait longer than it
// can. Every third replica is slow by far.
type scene struct {
	overload chan struct{}
}

func (s *scene) setup(p params) {
	s.overload = make(chan struct{})
	close(s.overload)
}

func slow(i uint64) bool { return i%3 == 2 }

func replicaAnswer(number uint64, answer chan<- uint64) {
	if slow(number) {
		time.Sleep(time.Millisecond)
	}
	answer <- number
}

func (s *scene) answerOrGiveUp(i uint64, answer <-chan uint64) uint64 {
	var patience chan struct{}
	if slow(i) {
		patience = s.overload
	}
	select {
	case number := <-answer:
		return number
	case <-patience:
		return i
	}
}
