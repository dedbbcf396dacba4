//go:build !unix

package bench

import "time"

var started = time.Now()

// CPU is the time on the wall, where the system does not say what a process
// spends.
func CPU() time.Duration { return time.Since(started) }
