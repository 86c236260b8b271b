// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"sync"
)

const (
	articles = 16
	lines    = 2
)

// An order takes two articles off the stock. Whatever changes there is told to the shop
// window: a goroutine that looks up how many are left, and writes it on the label.
type scene struct {
	mutex   sync.Mutex
	stock   [articles]int
	changed chan int // numbers of articles, for the shop window
	shown   int      // the window's own: labels written
	labels  [articles]string
	window  sync.WaitGroup
}

type order struct {
	articles [lines]int
	cents    uint64
}

func readOrder(i uint64) order {
	return order{[lines]int{int(i % articles), int(i / articles % articles)}, 990 + i%7}
}

// The shop window.
func (s *scene) showStock() {
	for article := range s.changed {
		s.mutex.Lock()
		left := s.stock[article]
		s.mutex.Unlock()
		s.labels[article] = fmt.Sprint(left, " left")
		s.shown++
	}
	s.window.Done()
}

func (s *scene) setup(p params) {
	s.changed = make(chan int)
	s.window.Add(1)
	go s.showStock()
}

func (s *scene) tearDown() {
	close(s.changed)
	s.window.Wait()
}
