// SPDX-License-Identifier: MIT

package main

import "strconv"

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
		text = append(strconv.AppendInt(append(text[:0], "line "...), int64(line), 10), '\n')
	}
}
