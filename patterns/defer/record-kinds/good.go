package main

func (w *walk) step(i uint64) {
	w.enter()
	defer w.leave() // the call, written out where the function ends
	w.on(i)
}

func op(s *scene, i uint64) uint64 {
	w := walk{}
	for k := uint64(0); k < s.steps; k++ {
		w.step(i + k)
	}
	return w.sum + w.deepest + w.depth
}
