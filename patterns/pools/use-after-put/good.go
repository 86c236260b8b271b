package main

func op(s *scene, i uint64) uint64 {
	f := s.frames.Get().(*frame)

	f.write("REPLY ", i)
	arrived := s.send(f)
	s.frames.Put(f) // it is sent
	return arrived
}
