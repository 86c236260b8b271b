// SPDX-License-Identifier: MIT

package main

// TODO: what a request does here, in a sentence.
type scene struct{}
