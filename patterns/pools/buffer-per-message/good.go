package main

func op(s *scene, i uint64) uint64 {
	order := s.order(i)
	n := order.measure()
	buffer := s.buffers.Get().(*[longestOrder]byte)
	defer s.buffers.Put(buffer) // sent: the next order may have it

	return send(order.pack(buffer[:0:n]))
}
