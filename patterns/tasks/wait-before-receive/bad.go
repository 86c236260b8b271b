package main

func op(s *scene, i uint64) uint64 {
	t := newTender(i)

	t.asking.Add(shops)
	for k := uint64(0); k < shops; k++ {
		go t.ask(k)
	}
	t.finish() // all have sent
	return t.lowest()
}
