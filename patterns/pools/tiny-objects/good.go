package main

func (s *scene) measure(i uint64) uint64 {
	var p point // in the frame: nobody needs it longer
	p.at(s, i)
	square := p.square()
	return square
}

func op(s *scene, i uint64) uint64 {
	var sum uint64
	for k := uint64(0); k < s.measured; k++ {
		sum += s.measure(i + k)
	}
	return sum
}
