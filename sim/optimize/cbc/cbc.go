// Package cbc solves mixed-integer programs with cbc (COIN-OR branch and cut, Forrest and others), where
// somebody has installed it: the program goes to it as an MPS file, and its solution
// file is read back and checked against the program, not believed.
package cbc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/program"
)

// Name is what the solver calls itself in its answers.
const Name = "cbc"

// Solver is the cbc at a path. Use Find, or name one.
type Solver struct {
	Path string
	Args []string // before all others
}

// Find looks for cbc among the programs of this machine.
func Find() (Solver, error) {
	path, err := exec.LookPath("cbc")
	if err != nil {
		return Solver{}, errors.New("cbc is not installed (Debian: coinor-cbc)")
	}
	return Solver{Path: path}, nil
}

// Name is cbc.
func (s Solver) Name() string { return Name }

// Times: cbc is told to stop a little before the context ends, and is waited for a
// little after it was interrupted.
const (
	early    = 200 * time.Millisecond
	patience = 3 * time.Second
)

// boundRounds is how long Lagrange's bound is improved where cbc tells none.
const boundRounds = 500

// Solve finds the cheapest choice. When ctx ends before that is proven it gives the best so
// far, if cbc still writes it down. An error is that cbc does not run, or that its
// solution is none.
func (s Solver) Solve(ctx context.Context, p *program.Program, _ []float64) (program.Answer, error) {
	if err := p.Check(); err != nil {
		return program.Answer{}, err
	}
	none := program.Answer{Solver: Name, Verdict: program.Nothing, Bound: math.Inf(-1)}
	if ctx.Err() != nil {
		return none, nil
	}
	dir, err := os.MkdirTemp("", "headroom-cbc-")
	if err != nil {
		return program.Answer{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	model, solution := filepath.Join(dir, "model.mps"), filepath.Join(dir, "solution.txt")
	var text bytes.Buffer
	writeMPS(&text, p)
	if err := os.WriteFile(model, text.Bytes(), 0o600); err != nil {
		return program.Answer{}, err
	}
	args := append([]string{}, s.Args...)
	args = append(args, model)
	if end, ok := ctx.Deadline(); ok {
		left := max(time.Until(end)-early, 10*time.Millisecond)
		args = append(args, "-seconds", strconv.FormatFloat(left.Seconds(), 'f', 2, 64))
	}
	args = append(args, "-ratioGap", "0", "-timeMode", "elapsed", "-solve", "-solution", solution)
	cmd := exec.CommandContext(ctx, s.Path, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = patience
	var printed bytes.Buffer
	cmd.Stdout = &printed
	failed := cmd.Run()
	written, err := os.Open(solution)
	if err != nil {
		if ctx.Err() != nil {
			return none, nil
		}
		return program.Answer{}, fmt.Errorf("cbc wrote no solution: %w", errors.Join(failed, err))
	}
	defer func() { _ = written.Close() }()
	found, err := readSolution(written, len(p.Columns))
	if err != nil {
		return program.Answer{}, err
	}
	return accept(p, found, printed.String())
}

// accept makes an answer of what cbc wrote and printed.
func accept(p *program.Program, found solution, printed string) (program.Answer, error) {
	none := program.Answer{Solver: Name, Verdict: program.Nothing, Bound: math.Inf(-1)}
	switch found.status {
	case infeasible:
		none.Verdict, none.Bound = program.Infeasible, math.Inf(1)
		return none, nil
	case unbounded:
		return program.Answer{}, errors.New("the program has no cheapest choice (cbc: unbounded)")
	case optimal:
		return p.Accept(Name, found.x, p.Cost(found.x))
	}
	if p.Feasible(found.x) != nil {
		return none, nil // cut short before it had found any
	}
	bound := lowerBound(printed)
	if math.IsInf(bound, -1) {
		bound = p.Bound(p.Cost(found.x), boundRounds)
	}
	return p.Accept(Name, found.x, bound)
}

// lowerBound finds the bound that cbc prints at its end; -Inf if it does not.
func lowerBound(printed string) float64 {
	for line := range strings.Lines(printed) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "Lower bound" {
			if x, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil && !math.IsNaN(x) {
				return x
			}
		}
	}
	return math.Inf(-1)
}
