package main

func op(s *scene, i uint64) uint64 {
	t := newTender(i)

	t.asking.Add(shops)
	for k := uint64(0); k < shops; k++ {
		go t.ask(k)
	}
	go t.finish() // a goroutine waits, and this one receives
	return t.lowest()
}
