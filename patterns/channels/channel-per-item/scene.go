// SPDX-License-Identifier: MIT

package main

// A request asks one server many questions, one after the other, and is answered
// through a channel that it sends along.
type scene struct {
	items     uint64
	questions chan question
}

type question struct {
	number uint64
	reply  chan<- uint64
}

func (s *scene) setup(p params) {
	s.items = p.size
	s.questions = make(chan question)
	go func() {
		for q := range s.questions {
			q.reply <- q.number * q.number
		}
	}()
}

func (s *scene) ask(number uint64, reply chan uint64) uint64 {
	s.questions <- question{number, reply}
	return <-reply
}
