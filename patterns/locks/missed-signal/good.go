package main

func (a *answer) wait() uint64 {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	for !a.isThere { // nobody keeps a signal for who comes later
		a.came.Wait()
	}
	return a.value
}

func op(s *scene, i uint64) uint64 {
	q := s.send(i)

	price := q.price.wait()
	stock := q.stock.wait()
	return price * stock
}
