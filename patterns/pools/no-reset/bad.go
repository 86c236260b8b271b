package main

func op(s *scene, i uint64) uint64 {
	o := s.orders.Get().(*order)

	o.decode(i)
	cents := o.price()
	s.orders.Put(o)
	return cents
}
