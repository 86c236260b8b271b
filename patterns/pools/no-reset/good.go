package main

func op(s *scene, i uint64) uint64 {
	o := s.orders.Get().(*order)

	o.decode(i)
	cents := o.price()
	*o = order{} // as new for whoever comes next
	s.orders.Put(o)
	return cents
}
