package main

func (t *theatre) buy() {
	t.mutex.Lock()
	for t.free == 0 { // it may be gone again
		t.givenBack.Wait()
	}
	t.bought = t.take()
	t.mutex.Unlock()
	t.sold.Done()
}

func op(s *scene, i uint64) uint64 {
	t := s.open()

	go t.buy()
	t.change(i % 3)
	t.give((i + 1) % 3)
	t.sold.Wait()
	return t.bought
}
