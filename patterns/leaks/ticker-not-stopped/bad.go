package main

func report(j *job) {
	for range j.tick.C {
		j.report()
	}
}

func op(s *scene, i uint64) uint64 {
	j := s.begin(i)

	go report(j)
	answer := j.run()
	j.tick.Stop()
	return answer
}
