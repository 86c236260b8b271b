package main

func op(s *scene, i uint64) uint64 {
	b := s.batch(i)

	step := uint64(1) // a goroutine for each reading
	for k := uint64(0); k < s.readings; k += step {
		b.scoring.Add(1)
		go b.score(k, k+step)
	}
	return b.total()
}
