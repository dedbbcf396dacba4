// Command headroom answers three questions of a support leader by simulation: do
// we cover nights and weekends, does the peak break our promises and for how long,
// and what must a contract cost that pays credits when we miss.
//
// Each verb is one file of this package; what they share is the house below it.
//
//	$ headroom list
//	$ headroom run hello
//
// # Exit codes
//
//	0  done
//	1  failed: a file could not be read or written, or the like
//	2  usage: unknown verb or flag, missing argument
//	3  a scenario, a log or an outcome file is not valid
//	4  an expectation was not met
package main

import (
	"context"
	"os"
	"os/signal"
	_ "time/tzdata" // zones work on any machine
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args, terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}
