package main

func op(s *scene, i uint64) uint64 {
	b := s.batch(i)

	step := s.readings / tasks // a few goroutines, and enough to do for each
	for k := uint64(0); k < s.readings; k += step {
		b.scoring.Add(1)
		go b.score(k, k+step)
	}
	return b.total()
}
