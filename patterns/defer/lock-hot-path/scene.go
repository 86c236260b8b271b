// SPDX-License-Identifier: MIT

package main

import "sync"

// A request adds numbers to a shared total, each under the lock.
type scene struct {
	updates uint64
	mutex   sync.Mutex
	total   uint64
}

func (s *scene) setup(p params) { s.updates = p.size }
