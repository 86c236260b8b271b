// SPDX-License-Identifier: MIT

package main

import (
	"runtime"
	"sync"
)

// Requests move money between two accounts, every other one in the other direction. To open
// an account is to lock it and to read its record, and a goroutine that reads lets others run.
type scene struct {
	accounts [2]account
}

type account struct {
	number int // its place in the bank's list
	mutex  sync.Mutex
	cents  int
}

type transfer struct {
	from, to *account
	cents    int
}

func (s *scene) setup(p params) {
	s.accounts[1].number = 1
}

func (s *scene) transfer(i uint64) transfer {
	return transfer{&s.accounts[i%2], &s.accounts[1-i%2], 100 + int(i%50)}
}

func (a *account) open() {
	a.mutex.Lock()
	runtime.Gosched() // the record is read
}

func (a *account) close() { a.mutex.Unlock() }

// Both accounts are open.
func (t *transfer) book() {
	t.from.cents -= t.cents
	t.to.cents += t.cents
}

// Of two accounts the one that comes first in the bank's list, and the other one.
func inOrder(a, b *account) (first, second *account) {
	if a.number > b.number {
		return b, a
	}
	return a, b
}
