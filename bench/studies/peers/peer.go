// SPDX-License-Identifier: MIT

// peer.go - what the same rows cost in Go.  `peer WORKERS [ROW...]`
//
// The rows are those of twin.c, in the same order; how they are timed is told in
// rows.h.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

const (
	batches = 3
	trial   = 2 * time.Millisecond
	longer  = 4
)

type row struct {
	name   string
	run    func(n int) int
	figure func() float64
}

var (
	spent time.Duration
	since time.Time
	all   sync.WaitGroup // the goroutines of the row under way
)

func resume() { since = time.Now() }
func pause()  { spent += time.Since(since) }

func batch(r row, n int) float64 {
	spent = 0
	resume()
	done := r.run(n)
	pause()
	return float64(spent.Nanoseconds()) / float64(done)
}

func isLong(r row, n int) bool {
	batch(r, n)
	if spent >= trial {
		batch(r, n)
	}
	return spent >= trial
}

func measure(r row) float64 {
	ns := make([]float64, batches)
	n := 8
	for !isLong(r, n) {
		n *= 2
	}
	for i := range ns {
		ns[i] = batch(r, n*longer)
	}
	return driveMedian(ns)
}

func together(count int, fn func()) {
	all.Add(count)
	for i := 0; i < count; i++ {
		go fn()
	}
	all.Wait()
}

// --- tasks

func yield(n int) int {
	together(2, func() {
		for k := 0; k < n/2; k++ {
			runtime.Gosched()
		}
		all.Done()
	})
	return n
}

func nothing() { all.Done() }

func spawnJoin(n int) int {
	for k := 0; k < n; k++ {
		together(1, nothing)
	}
	return n
}

func spawn1000(n int) int {
	k := 0
	for ; k < n; k += 1000 {
		together(1000, nothing)
	}
	return k
}

// --- channels

type stream struct {
	there, back chan int
	n           int
}

func open(size, n int) *stream {
	return &stream{make(chan int, size), make(chan int, size), n}
}

func (s *stream) echo() {
	for k := 0; k < s.n; k++ {
		s.back <- <-s.there
	}
	all.Done()
}

func (s *stream) calls() {
	for k := 0; k < s.n; k++ {
		s.there <- k
		<-s.back
	}
}

func roundTrip(n int) int {
	s := open(0, n)
	all.Add(1)
	go s.echo()
	s.calls()
	all.Wait()
	return n
}

func (s *stream) send() {
	for k := 0; k < s.n; k++ {
		s.there <- k
	}
	all.Done()
}

func (s *stream) receive() {
	for k := 0; k < s.n; k++ {
		<-s.there
	}
	all.Done()
}

func pass(n, size, pairs int) int {
	s := open(size, n/pairs)
	all.Add(2 * pairs)
	for i := 0; i < pairs; i++ {
		go s.send()
	}
	for i := 0; i < pairs; i++ {
		go s.receive()
	}
	all.Wait()
	return s.n * pairs
}

func oneWay(n int) int { return pass(n, 0, 1) }

func bufferedAlone(n int) int {
	c := make(chan int, 128)
	for k := 0; k < n; k++ {
		c <- k
		<-c
	}
	return n
}

func buffered11(n int) int { return pass(n, 128, 1) }
func buffered44(n int) int { return pass(n, 128, 4) }

// --- select

var lanes [8]chan int

func openLanes(size int) {
	for i := range lanes {
		lanes[i] = make(chan int, size)
	}
}

func select2() {
	select {
	case <-lanes[0]:
	case <-lanes[1]:
	}
}

func select8() {
	select {
	case <-lanes[0]:
	case <-lanes[1]:
	case <-lanes[2]:
	case <-lanes[3]:
	case <-lanes[4]:
	case <-lanes[5]:
	case <-lanes[6]:
	case <-lanes[7]:
	}
}

func select2Ready(n int) int {
	openLanes(1)
	for k := 0; k < n; k++ {
		lanes[k%2] <- k
		select2()
	}
	return n
}

func select8Ready(n int) int {
	openLanes(1)
	for k := 0; k < n; k++ {
		lanes[k%8] <- k
		select8()
	}
	return n
}

func feed(n, of int) {
	openLanes(0)
	all.Add(1)
	go func() {
		for k := 0; k < n; k++ {
			lanes[k%of] <- k
		}
		all.Done()
	}()
}

func select2Other(n int) int {
	feed(n, 2)
	for k := 0; k < n; k++ {
		select2()
	}
	all.Wait()
	return n
}

func select8Other(n int) int {
	feed(n, 8)
	for k := 0; k < n; k++ {
		select8()
	}
	all.Wait()
	return n
}

func default1(n int) int {
	openLanes(0)
	for k := 0; k < n; k++ {
		select {
		case <-lanes[0]:
		default:
		}
	}
	return n
}

func default2(n int) int {
	openLanes(0)
	for k := 0; k < n; k++ {
		select {
		case <-lanes[0]:
		case <-lanes[1]:
		default:
		}
	}
	return n
}

func default8(n int) int {
	openLanes(0)
	for k := 0; k < n; k++ {
		select {
		case <-lanes[0]:
		case <-lanes[1]:
		case <-lanes[2]:
		case <-lanes[3]:
		case <-lanes[4]:
		case <-lanes[5]:
		case <-lanes[6]:
		case <-lanes[7]:
		default:
		}
	}
	return n
}

// --- timers

func timerStartStop(n int) int {
	for k := 0; k < n; k++ {
		time.NewTimer(time.Hour).Stop()
	}
	return n
}

func afterFuncStop(n int) int {
	for k := 0; k < n; k++ {
		time.AfterFunc(time.Hour, nothing).Stop()
	}
	return n
}

func timerReset(n int) int {
	t := time.NewTimer(time.Hour)
	for k := 0; k < n; k++ {
		t.Reset(time.Hour)
	}
	t.Stop()
	return n
}

// Between one and two hours, in no order.
func someTime(k int) time.Duration {
	return time.Hour + time.Duration(uint64(k)*0x9e3779b97f4a7c15%uint64(time.Hour))
}

func timerIn10000(n int) int {
	var others [10000]*time.Timer
	pause()
	for k := range others {
		others[k] = time.NewTimer(someTime(-k))
	}
	resume()
	for k := 0; k < n; k++ {
		time.NewTimer(someTime(k)).Stop()
	}
	pause()
	for _, t := range others {
		t.Stop()
	}
	resume()
	return n
}

func tripDeadline(n int) int {
	s := open(0, n)
	all.Add(1)
	go s.echo()
	for k := 0; k < n; k++ {
		s.there <- k
		t := time.NewTimer(time.Hour)
		select {
		case <-s.back:
		case <-t.C:
		}
		t.Stop()
	}
	all.Wait()
	return n
}

// --- contexts

func ctxAlone(n int) int {
	for k := 0; k < n; k++ {
		_, cancel := context.WithCancel(context.Background())
		cancel()
	}
	return n
}

func ctxChild(n int) int {
	parent, end := context.WithCancel(context.Background())
	for k := 0; k < n; k++ {
		_, cancel := context.WithCancel(parent)
		cancel()
	}
	end()
	return n
}

func ctxTimeout(n int) int {
	for k := 0; k < n; k++ {
		_, cancel := context.WithTimeout(context.Background(), time.Hour)
		cancel()
	}
	return n
}

func ctx1000Children(n int) int {
	var child [1000]context.CancelFunc
	k := 0
	pause()
	for ; k < n; k += 1000 {
		parent, end := context.WithCancel(context.Background())
		for i := range child {
			_, child[i] = context.WithCancel(parent)
		}
		resume()
		end()
		pause()
		for i := range child {
			child[i]()
		}
	}
	resume()
	return k
}

// --- pools

func poolBy(tasks, n int) int {
	p := sync.Pool{New: func() any { return new([64]byte) }}
	together(tasks, func() {
		for k := 0; k < n/tasks; k++ {
			p.Put(p.Get())
		}
		all.Done()
	})
	return n / tasks * tasks
}

func poolAlone(n int) int { return poolBy(1, n) }
func poolOn2(n int) int   { return poolBy(2, n) }

// --- cleanups

var noted int

//go:noinline
func note(by *int) { noted = *by }

// A record in the frame: with nine defers in a function Go open-codes none of them.
//
//go:noinline
func withCleanup(by *int) {
	switch *by {
	case -1:
		defer note(by)
	case -2:
		defer note(by)
	case -3:
		defer note(by)
	case -4:
		defer note(by)
	case -5:
		defer note(by)
	case -6:
		defer note(by)
	case -7:
		defer note(by)
	case -8:
		defer note(by)
	default:
		defer note(by)
	}
}

func cleanup(n int) int {
	by := 1
	for k := 0; k < n; k++ {
		withCleanup(&by)
	}
	return n
}

// Open-coded: the call stands where the function ends.
//
//go:noinline
func withCleanupOpen(by *int) { defer note(by) }

func cleanupOpen(n int) int {
	by := 1
	for k := 0; k < n; k++ {
		withCleanupOpen(&by)
	}
	return n
}

// Each has a record on the heap.
//
//go:noinline
func withCleanups100(by *int) {
	for i := 0; i < 100; i++ {
		defer note(by)
	}
}

func cleanupLoop100(n int) int {
	k, by := 0, 1
	for ; k < n; k += 100 {
		withCleanups100(&by)
	}
	return k
}

// --- scaling

// Eight round trips at a time that have nothing to do with each other.
func pairs(n int) int {
	all.Add(16)
	for i := 0; i < 8; i++ {
		s := open(0, n/8)
		go s.echo()
		go func() {
			s.calls()
			all.Done()
		}()
	}
	all.Wait()
	return n / 8 * 8
}

// --- many tasks

var arrived sync.WaitGroup

// n goroutines that wait for the gate to be closed.
func parkMany(n int) chan struct{} {
	gate := make(chan struct{})
	arrived.Add(n)
	all.Add(n)
	for k := 0; k < n; k++ {
		go func() {
			arrived.Done()
			<-gate
			all.Done()
		}()
	}
	arrived.Wait()
	return gate
}

func createParked(n int) int {
	gate := parkMany(n)
	pause()
	close(gate)
	all.Wait()
	resume()
	return n
}

func parkedBytes(n int) float64 {
	before := driveRss()
	gate := parkMany(n)
	after := driveRss()
	close(gate)
	all.Wait()
	return (after - before) / float64(n)
}

func parked100000() float64  { return parkedBytes(100000) }
func parked1000000() float64 { return parkedBytes(1000000) }

// A tree of goroutines, ten children each, whose leaves send their numbers up.
func sky(up chan int, number, leaves int) {
	sum := number
	if leaves > 1 {
		c := make(chan int)
		sum = 0
		for i := 0; i < 10; i++ {
			go sky(c, number+i*leaves/10, leaves/10)
		}
		for i := 0; i < 10; i++ {
			sum += <-c
		}
	}
	up <- sum
}

func skynet() float64 {
	c := make(chan int)
	start := time.Now()
	go sky(c, 0, 1000000)
	if sum := <-c; sum != 499999500000 {
		panic(fmt.Sprintf("skynet: sum %d instead of 499999500000", sum))
	}
	return float64(time.Since(start)) / 1e6
}

var rows = []row{
	{"yield", yield, nil},
	{"spawn-join", spawnJoin, nil},
	{"spawn-1000", spawn1000, nil},
	{"round-trip", roundTrip, nil},
	{"one-way", oneWay, nil},
	{"buffered-alone", bufferedAlone, nil},
	{"buffered-1-1", buffered11, nil},
	{"buffered-4-4", buffered44, nil},
	{"select-2-ready", select2Ready, nil},
	{"select-8-ready", select8Ready, nil},
	{"select-2-other", select2Other, nil},
	{"select-8-other", select8Other, nil},
	{"default-1", default1, nil},
	{"default-2", default2, nil},
	{"default-8", default8, nil},
	{"timer-start-stop", timerStartStop, nil},
	{"after-func-stop", afterFuncStop, nil},
	{"timer-reset", timerReset, nil},
	{"timer-in-10000", timerIn10000, nil},
	{"trip-deadline", tripDeadline, nil},
	{"ctx-cancel", ctxAlone, nil},
	{"ctx-child", ctxChild, nil},
	{"ctx-timeout", ctxTimeout, nil},
	{"ctx-1000-children", ctx1000Children, nil},
	{"pool-alone", poolAlone, nil},
	{"pool-on-2", poolOn2, nil},
	{"cleanup", cleanup, nil},
	{"cleanup-open", cleanupOpen, nil},
	{"cleanup-loop-100", cleanupLoop100, nil},
	{"pairs", pairs, nil},
	{"create-parked", createParked, nil},
	{"parked-100000", nil, parked100000},
	{"parked-1000000", nil, parked1000000},
	{"skynet", nil, skynet},
}

func main() {
	workers := 0
	if len(os.Args) > 1 {
		workers, _ = strconv.Atoi(os.Args[1])
	}
	if workers < 1 {
		driveFail(2, "usage: peer WORKERS [ROW...]")
	}
	runtime.GOMAXPROCS(workers)
	wanted := map[string]bool{}
	for _, name := range os.Args[2:] {
		wanted[name] = true
	}
	for _, r := range rows {
		switch {
		case len(wanted) > 0 && !wanted[r.name]:
		case r.figure != nil:
			fmt.Printf("%s %.4g\n", r.name, r.figure())
		default:
			fmt.Printf("%s %.4g\n", r.name, measure(r))
		}
	}
}
