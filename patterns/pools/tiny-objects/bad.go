package main

func (s *scene) measure(i uint64) uint64 {
	p := s.points.Get().(*point) // two calls, for 16 bytes that live a moment
	p.at(s, i)
	square := p.square()
	s.points.Put(p)
	return square
}

func op(s *scene, i uint64) uint64 {
	var sum uint64
	for k := uint64(0); k < s.measured; k++ {
		sum += s.measure(i + k)
	}
	return sum
}
