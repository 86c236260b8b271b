// SPDX-License-Identifier: MIT

package main

// A request makes many small transactions; hardly any fails.
type scene struct {
	transactions uint64
}

type transaction struct {
	number    uint64
	committed bool
}

func (s *scene) setup(p params) { s.transactions = p.size }

func (t *transaction) run() bool { return t.number%1000 != 999 }

func (t *transaction) rollBack() { t.number = 0 }

func (t *transaction) rollBackUnlessCommitted() {
	if !t.committed {
		t.rollBack()
	}
}
