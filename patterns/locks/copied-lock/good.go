package main

import "sync"

func (a *account) add(cents uint64) { // with the lock that the others take
	a.mutex.Lock()
	before := *a.cents
	a.scene.writeEntry()
	*a.cents = before + cents
	a.mutex.Unlock()
}

func op(s *scene, i uint64) uint64 {
	var cents uint64
	var paid sync.WaitGroup
	a := account{scene: s, cents: &cents}
	wages, gift := payment{&a, 2000 + i, &paid}, payment{&a, 50, &paid}

	paid.Add(2)
	go wages.payIn()
	go gift.payIn()
	paid.Wait()
	return cents
}
