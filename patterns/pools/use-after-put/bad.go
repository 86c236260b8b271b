package main

func op(s *scene, i uint64) uint64 {
	f := s.frames.Get().(*frame)

	f.write("REPLY ", i)
	s.frames.Put(f) // it is written
	arrived := s.send(f)
	return arrived
}
