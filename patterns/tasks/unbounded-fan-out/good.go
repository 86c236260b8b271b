package main

func export(j *job, k uint64) {
	j.export(k)
	<-j.scene.slots // and lets the next one in
	j.exported.Done()
}

func op(s *scene, i uint64) uint64 {
	j := s.job(i)

	for k := uint64(0); k < s.records; k++ {
		s.slots <- struct{}{} // waits while eight are under way
		go export(j, k)
	}
	return j.total()
}
