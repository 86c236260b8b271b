package main

func op(s *scene, i uint64) uint64 {
	t := s.transfer(i)

	first, second := inOrder(t.from, t.to) // everybody in one order, whatever the direction
	first.open()
	second.open()
	t.book()
	second.close()
	first.close()
	return uint64(t.cents)
}
