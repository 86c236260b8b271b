// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

// How many goroutines are proved to be lost, as driveLeaked() says.
func agedLost() int {
	time.Sleep(5 * time.Millisecond) // they are parked by then
	return driveLeaked()
}

func agedLostWords(lost int) string {
	if lost < 0 {
		return "there is no goroutineleak profile"
	}
	return fmt.Sprintf("the goroutineleak profile names %d of 64", lost)
}

func init() {
	agedProbes["range-named-lost"] = func() (bool, string) {
		for i := 0; i < 64; i++ {
			go func(c chan int) {
				for range c {
				}
			}(make(chan int))
		}
		lost := agedLost()
		return lost >= 60, agedLostWords(lost)
	}
	agedProbes["parked-is-alive"] = func() (bool, string) {
		before := runtime.NumGoroutine()
		for i := 0; i < 64; i++ {
			go func(c chan int) { <-c }(make(chan int))
		}
		time.Sleep(5 * time.Millisecond)
		runtime.GC()
		runtime.GC()
		left := runtime.NumGoroutine() - before
		return left == 64, strings.Join([]string{fmt.Sprint(left), "of 64 are alive after collections"}, " ")
	}
}
