// SPDX-License-Identifier: MIT

package main

import (
	"sync"
	"sync/atomic"
)

const validators = 4

// A request has a document checked by four validators, each in a goroutine of its own.
// How many have found no fault is the answer.
type scene struct{}

type check struct {
	document uint64
	running  sync.WaitGroup // the validators
	passed   uint64         // atomic
}

// By the goroutine of one validator.
func (c *check) by(k uint64) {
	if (c.document+k)%3 != 0 {
		atomic.AddUint64(&c.passed, 1)
	}
	c.running.Done()
}
