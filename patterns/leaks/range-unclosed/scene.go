// SPDX-License-Identifier: MIT

package main

import "fmt"

// A request writes a few log lines through a goroutine of its own.
type scene struct {
	lines int
}

func (s *scene) setup(p params) {
	s.lines = int(p.size)
}

func logLines(lines <-chan int) {
	var text []byte
	for line := range lines {
		text = fmt.Appendf(text[:0], "line %d\n", line)
	}
}
