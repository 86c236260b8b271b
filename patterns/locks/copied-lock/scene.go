// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A request pays two amounts into an account at the same time. While an amount is booked its
// entry is written to the journal, and a goroutine that writes lets others run.
type scene struct {
	booked atomic.Uint64
}

type account struct {
	scene *scene
	cents *uint64 // under the mutex; the bank keeps it
	mutex sync.Mutex
}

type payment struct {
	account *account
	cents   uint64
	paid    *sync.WaitGroup
}

func (p *payment) payIn() {
	p.account.add(p.cents)
	p.paid.Done()
}

func (s *scene) writeEntry() {
	runtime.Gosched()
	s.booked.Add(1)
}
