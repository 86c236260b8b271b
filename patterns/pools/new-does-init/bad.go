package main

func (s *scene) setup(p params) {
	s.sessions.New = func() any {
		n := new(session)
		n.atEnd(bill) // runs when the pool is empty, and only then
		return n
	}
}

func op(s *scene, i uint64) uint64 {
	n := s.sessions.Get().(*session)

	n.serve(i)
	cents := n.end()
	s.sessions.Put(n)
	return cents
}
