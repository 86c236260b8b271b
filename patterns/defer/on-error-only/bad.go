package main

func (t *transaction) transact() {
	defer t.rollBackUnlessCommitted()
	if !t.run() {
		return
	}
	t.committed = true
}

func op(s *scene, i uint64) uint64 {
	var sum uint64

	for k := uint64(0); k < s.transactions; k++ {
		t := transaction{number: i + k}
		t.transact()
		sum += t.number
	}
	return sum
}
