package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios"
)

// openNamed opens a file that a user names. One that is not there is a slip of the command line.
func openNamed(path string) (*os.File, error) {
	f, err := os.Open(path)
	return f, missing(path, err)
}

// missing says of a file that is not there that it is not.
func missing(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return usagef("there is no file %s", path)
	}
	return err
}

// gatherLog reads a log that is called after a path, and keeps the tickets that are wanted.
func gatherLog(r *ticketlog.Reader, path string, wanted func(created ticket.Event) bool) (*ticketlog.Gathered, error) {
	g, err := ticketlog.Gather(r, wanted)
	if err != nil {
		return nil, logError(path, err)
	}
	return g, nil
}

// everyTicket wants all tickets of a log.
func everyTicket(ticket.Event) bool { return true }

// logError tells of a log that cannot be read: what is wrong in it as what is wrong in a scenario.
func logError(path string, err error) error {
	var problems *ticketlog.Problems
	if errors.As(err, &problems) {
		return logProblems(path, problems)
	}
	return fmt.Errorf("%s: %w", path, err)
}

// logProblems shows what is wrong with a log as what is wrong with a scenario is shown.
func logProblems(path string, ps *ticketlog.Problems) error {
	var out scenarios.Problems
	for _, p := range ps.List {
		q := scenarios.Problem{File: path, Line: p.Line, Column: p.Col, Text: p.Text, Hint: p.Hint}
		if p.Column != "" {
			q.Path = "column " + p.Column
		}
		if p.Foreign {
			q.Hint = strings.TrimPrefix(q.Hint+"; ", "; ") + "what is no ticket log becomes one by 'headroom import --guess FILE'"
		}
		out = append(out, q)
	}
	if ps.More > 0 {
		out = append(out, scenarios.Problem{File: path, Line: math.MaxInt, Text: fmt.Sprintf("and %d more problems", ps.More)})
	}
	return out
}
