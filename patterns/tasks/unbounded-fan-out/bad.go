package main

func export(j *job, k uint64) {
	j.export(k)
	j.exported.Done()
}

func op(s *scene, i uint64) uint64 {
	j := s.job(i)

	for k := uint64(0); k < s.records; k++ {
		go export(j, k)
	}
	return j.total()
}
