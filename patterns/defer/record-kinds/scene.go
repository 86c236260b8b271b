// SPDX-License-Identifier: MIT

package main

// A request walks through many small steps; each says how deep in it is, and says at its
// end that it is not any more.
type scene struct {
	steps uint64
}

func (s *scene) setup(p params) { s.steps = p.size }

type walk struct {
	depth, deepest, sum uint64
}

func (w *walk) enter() {
	if w.depth++; w.depth > w.deepest {
		w.deepest = w.depth
	}
}

func (w *walk) leave() { w.depth-- }

// What a step is for.
func (w *walk) on(i uint64) { w.sum += i * 2654435761 >> 7 }
