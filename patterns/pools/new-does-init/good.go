package main

func (s *scene) setup(p params) {
	s.sessions.New = func() any {
		n := new(session)
		return n
	}
}

func op(s *scene, i uint64) uint64 {
	n := s.sessions.Get().(*session)

	n.atEnd(bill) // for each user of it
	n.serve(i)
	cents := n.end()
	s.sessions.Put(n)
	return cents
}
