// SPDX-License-Identifier: MIT

package main

import "sync"

// A request is served in a session from a pool. Ending a session runs what was
// registered with it and forgets it.
type scene struct {
	sessions sync.Pool
}

type session struct {
	usedBytes, billedCents uint64
	callbacks              []func(*session)
}

func (n *session) atEnd(callback func(*session)) {
	n.callbacks = append(n.callbacks, callback)
}

// A callback: what was used is paid for.
func bill(n *session) {
	n.billedCents += n.usedBytes / 16
}

func (n *session) serve(i uint64) {
	n.usedBytes = 1600 + i%1000
}

func (n *session) end() uint64 {
	for _, callback := range n.callbacks {
		callback(n)
	}
	cents := n.billedCents
	*n = session{callbacks: n.callbacks[:0]}
	return cents
}
