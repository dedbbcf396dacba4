//go:build !unix

package main

import "time"

var started = time.Now()

// processorTime is the time on the wall, where the system does not say what a process
// spends.
func processorTime() time.Duration { return time.Since(started) }
