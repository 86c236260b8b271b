// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"io"
	"io/ioutil"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const limit = 20 * time.Millisecond

// A request is a peer that connects to a server by way of the loopback device. It says
// a number and is answered with the square; but one peer in four says nothing at all,
// and stays until the server hangs up.
type scene struct {
	mutex    sync.Mutex // one peer connects at a time, so that both ends are of one connection
	listener net.Listener
	answered atomic.Int64
}

// A connection, as the server has it.
type conn struct {
	net.Conn
	hasSpoken bool
}

// On a busy machine the server may come to its read only when the limit is over. A peer that
// has spoken by then is not to be cut off for that.
func (c *conn) SetReadDeadline(t time.Time) error {
	if c.hasSpoken {
		return nil
	}
	return c.Conn.SetReadDeadline(t)
}

// What the first connection of a process brings into being, such as the poller, is there
// before the requests come.
func (s *scene) setup(p params) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	s.listener = listener
	c, peer := s.connect(0)
	c.Close()
	peer.Close()
}

func (s *scene) tearDown() { s.listener.Close() }

func isSilent(i uint64) bool { return i%4 == 3 }

// Peer number i connects: the server's end of the connection, and the peer's.
func (s *scene) connect(i uint64) (*conn, net.Conn) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	peer, err := net.Dial("tcp", s.listener.Addr().String())
	if err != nil {
		panic(err)
	}
	c, err := s.listener.Accept()
	if err != nil {
		panic(err)
	}
	if isSilent(i) {
		go hangUpLast(peer)
	} else {
		fmt.Fprintln(peer, i)
	}
	return &conn{c, !isSilent(i)}, peer
}

func hangUpLast(peer net.Conn) {
	io.Copy(ioutil.Discard, peer)
	peer.Close()
}

// What the peer gets for an answer, waiting for it; 0 for one that has said nothing.
func answer(peer net.Conn, i uint64) uint64 {
	if isSilent(i) {
		return 0
	}
	text, err := ioutil.ReadAll(peer)
	peer.Close()
	if err != nil {
		panic(err)
	}
	return number(string(text))
}

func number(line string) uint64 {
	n, err := strconv.ParseUint(strings.TrimSpace(line), 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// Answer the number in the line.
func (s *scene) reply(c *conn, line string) {
	n := number(line)
	fmt.Fprintln(c, n*n)
	s.answered.Add(1)
}
