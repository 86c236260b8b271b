// SPDX-License-Identifier: MIT

package main

import "sync/atomic"

const (
	urgent   = 4 // a turn
	others   = 12
	messages = urgent + others
)

// A request is a turn of a node of a cluster: it handles the messages that have
// come. Among them are urgent ones, which have a queue of their own and are to be
// handled before all others.
type scene struct {
	before atomic.Int64 // messages handled before one that is urgent
}

func (s *scene) probe(out sample) { out["out_of_turn"] = s.before.Load() }

type turn struct {
	scene          *scene
	urgent, others chan uint64
}

func queueOf(first, n uint64) chan uint64 {
	queue := make(chan uint64, n)
	for k := uint64(0); k < n; k++ {
		queue <- first + k
	}
	return queue
}

func (s *scene) turn(i uint64) *turn {
	return &turn{s, queueOf(2*i*messages, urgent), queueOf((2*i+1)*messages, others)}
}

// The numbers of urgent messages lie in even sixteens.
func isUrgent(message uint64) bool { return message/messages%2 == 0 }

func (t *turn) handle(message uint64) uint64 {
	if !isUrgent(message) && len(t.urgent) > 0 {
		t.scene.before.Add(1)
	}
	return message * message
}
