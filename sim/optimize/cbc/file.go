package cbc

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/program"
)

// writeMPS writes a program in free MPS, which cbc knows by the word after the name: the objective is "cost", row i is "R<i>", and column j is
// "C<j>", whatever their names.
func writeMPS(b *bytes.Buffer, p *program.Program) {
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', 17, 64) }
	b.WriteString("NAME headroom FREE\nROWS\n N cost\n")
	for i, r := range p.Rows {
		kind := "G"
		switch {
		case r.Lower == r.Upper:
			kind = "E"
		case math.IsInf(r.Lower, -1) && math.IsInf(r.Upper, 1):
			kind = "N"
		case math.IsInf(r.Lower, -1):
			kind = "L"
		}
		fmt.Fprintf(b, " %s R%d\n", kind, i)
	}
	b.WriteString("COLUMNS\n")
	whole := false
	marker := func(on bool) {
		if on != whole {
			name := map[bool]string{true: "INTORG", false: "INTEND"}[on]
			fmt.Fprintf(b, " MARKER 'MARKER' '%s'\n", name)
			whole = on
		}
	}
	for j := range p.Columns {
		c := &p.Columns[j]
		marker(c.Integer)
		fmt.Fprintf(b, " C%d cost %s\n", j, number(c.Cost))
		for _, e := range c.Entries {
			fmt.Fprintf(b, " C%d R%d %s\n", j, e.Row, number(e.Coef))
		}
	}
	marker(false)
	b.WriteString("RHS\n")
	for i, r := range p.Rows {
		switch {
		case !math.IsInf(r.Lower, -1):
			fmt.Fprintf(b, " RHS R%d %s\n", i, number(r.Lower))
		case !math.IsInf(r.Upper, 1):
			fmt.Fprintf(b, " RHS R%d %s\n", i, number(r.Upper))
		}
	}
	b.WriteString("RANGES\n")
	for i, r := range p.Rows {
		if r.Lower < r.Upper && !math.IsInf(r.Lower, -1) && !math.IsInf(r.Upper, 1) {
			fmt.Fprintf(b, " RNG R%d %s\n", i, number(r.Upper-r.Lower))
		}
	}
	b.WriteString("BOUNDS\n")
	for j := range p.Columns {
		c := &p.Columns[j]
		fmt.Fprintf(b, " LO BND C%d %s\n", j, number(c.Lower))
		if math.IsInf(c.Upper, 1) {
			fmt.Fprintf(b, " PL BND C%d\n", j)
		} else {
			fmt.Fprintf(b, " UP BND C%d %s\n", j, number(c.Upper))
		}
	}
	b.WriteString("ENDATA\n")
}

// status is how cbc ended.
type status uint8

const (
	stopped status = iota
	optimal
	infeasible
	unbounded
)

// solution is what a solution file says.
type solution struct {
	status status
	x      []float64
}

// longestLine bounds a line of the file.
const longestLine = 1 << 16

// readSolution reads a solution file of cbc: a line that begins with the status, and a line for
// each column that is not 0, of its number, name, value and reduced cost, with ** before
// what breaks a condition.
func readSolution(r io.Reader, columns int) (solution, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	out := solution{x: make([]float64, columns)}
	seen := make([]bool, columns)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if n == 1 {
			out.status = statusOf(line)
			continue
		}
		if line == "" {
			continue
		}
		fields := strings.Fields(strings.TrimPrefix(line, "**"))
		if len(fields) < 3 {
			return solution{}, fmt.Errorf("solution of cbc, line %d: want a number, a name and a value, not %q", n, line)
		}
		j, err := strconv.Atoi(strings.TrimPrefix(fields[1], "C"))
		if err != nil || !strings.HasPrefix(fields[1], "C") || j < 0 || j >= columns {
			return solution{}, fmt.Errorf("solution of cbc, line %d: there is no column %q", n, fields[1])
		}
		value, err := strconv.ParseFloat(fields[2], 64)
		if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
			return solution{}, fmt.Errorf("solution of cbc, line %d: %q is no number", n, fields[2])
		}
		if seen[j] {
			return solution{}, fmt.Errorf("solution of cbc, line %d: column %q comes twice", n, fields[1])
		}
		seen[j], out.x[j] = true, value
	}
	if err := lines.Err(); err != nil {
		return solution{}, fmt.Errorf("solution of cbc: %w", err)
	}
	return out, nil
}

// statusOf reads the first line. What it does not know is as if cbc had been stopped.
func statusOf(line string) status {
	words := strings.ToLower(line)
	switch {
	case strings.HasPrefix(words, "optimal"):
		return optimal
	case strings.HasPrefix(words, "infeasible"), strings.HasPrefix(words, "integer infeasible"):
		return infeasible
	case strings.HasPrefix(words, "unbounded"):
		return unbounded
	}
	return stopped
}
