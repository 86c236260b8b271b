package main

func op(s *scene, i uint64) uint64 {
	order := s.order(i)
	n := order.measure()
	buffer := make([]byte, n)

	return send(order.pack(buffer[:0]))
}
