// SPDX-License-Identifier: MIT
//
// any.go - what Go 1.18 made a word of the language, for the releases before.

package main

type any = interface{}
