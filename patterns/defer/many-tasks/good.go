package main

func (j *job) run() {
	j.begin()
	defer j.endAll() // one record; the order is written down in endAll
	j.memory[0] = 1
}

func op(s *scene, i uint64) uint64 {
	j := job{scene: s}

	j.done.Add(1)
	go j.run()
	j.done.Wait()
	return i
}
