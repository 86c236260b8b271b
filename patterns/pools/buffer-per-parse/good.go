package main

func op(s *scene, i uint64) uint64 {
	d := s.document(i)
	body := s.bodies.Get().(*[longestBody]byte)
	defer s.bodies.Put(body) // the next request reads into it

	n := copy(body[:], d)
	return weighBody(body[:n])
}
