package main

func op(s *scene, i uint64) uint64 {
	o := s.orders.Get().(*order)
	defer s.orders.Put(o)

	if !o.decode(i) {
		s.orders.Put(o) // of no use
		return 0
	}
	return s.price(o, i)
}
