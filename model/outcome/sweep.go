package outcome

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Axis is one value of a scenario that a sweep varies.
type Axis struct {
	Path string `json:"path"` // in the language's terms: spikes.black-friday.factor
	Unit string `json:"unit"` // as it is written behind the numbers: %, /day, USD/h; empty for none
	// Values are the values to try, as they would be written in the scenario. Of a
	// range without a step they are the whole steps of it.
	Values []string `json:"values"`
	// Numbers are the values without their unit; empty if they are not numbers of one unit.
	Numbers []float64 `json:"numbers,omitempty"`
	// Between allows every number from the first to the last: a range without a step.
	Between bool `json:"between,omitempty"`
	// Places is the number of decimals of the numbers as they are written.
	Places int `json:"places,omitempty"`
}

// Numeric reports whether the values have an order and distances.
func (a *Axis) Numeric() bool { return len(a.Numbers) > 0 }

// Goal is an expectation that a sweep is judged by at every point.
type Goal struct {
	Expectation
	Text string `json:"text"` // as it was written
}

// HighIsGood reports whether the measure is to be above the bound.
func (g *Goal) HighIsGood() bool { return g.Relation == Above || g.Relation == AtLeast }

// Judge judges an estimate of the goal's measure.
func (g *Goal) Judge(e estimate.Estimate) Verdict { return g.judge(e) }

// Sweep is what a grid, or a sample, of scenarios leaves behind.
type Sweep struct {
	Format   string `json:"format"` // SweepFormat
	Version  int    `json:"version"`
	Tool     string `json:"tool"`
	Scenario string `json:"scenario"`
	Title    string `json:"title,omitempty"`
	Digest   string `json:"digest"` // of the scenario as it stands in its file
	Currency string `json:"currency,omitempty"`
	Seed     uint64 `json:"seed"`

	Axes []Axis `json:"axes"`
	// Sample is the number of points of a Latin hypercube; 0 for all combinations.
	Sample int   `json:"latin_hypercube,omitempty"`
	Goal   *Goal `json:"target,omitempty"`
	// Along is the axis on which the break point is looked for; -1 for none.
	Along  int     `json:"along"`
	Points []Point `json:"points"`
	Breaks []Break `json:"breaks,omitempty"`
}

// Varied counts the axes that have several values.
func (s *Sweep) Varied() (n int) {
	for i := range s.Axes {
		if len(s.Axes[i].Values) > 1 {
			n++
		}
	}
	return n
}

// Point is one scenario of a sweep.
type Point struct {
	Values  []string  `json:"values"`  // by axis, as they would be written
	Numbers []Float   `json:"numbers"` // by axis; NaN where the axis has none
	Digest  string    `json:"digest"`
	N       int       `json:"replications"`
	Results []Result  `json:"measures"`
	Doubts  []Warning `json:"warnings,omitempty"`
}

// Result is a measure of a point, without what single replications gave.
type Result struct {
	Name     string            `json:"name"`
	Labels   Labels            `json:"labels"`
	Unit     Unit              `json:"unit"`
	Estimate estimate.Estimate `json:"estimate"`
}

// Describe is Measure.Describe for a result.
func (r *Result) Describe() string { return describe(r.Name, r.Labels) }

// Measured finds a measure of a point as Measure.Describe calls it.
func (p *Point) Measured(measure string) (*Result, bool) {
	for i := range p.Results {
		if r := &p.Results[i]; r.Describe() == measure {
			return r, true
		}
	}
	return nil, false
}

// Result finds a measure of a point by name and exact labels.
func (p *Point) Result(name string, l Labels) (*Result, bool) {
	for i := range p.Results {
		if r := &p.Results[i]; r.Name == name && r.Labels == l {
			return r, true
		}
	}
	return nil, false
}

// PointOf is the point that an experiment has made.
func PointOf(values []string, numbers []float64, x *Experiment) Point {
	p := Point{Values: values, Digest: x.Scenario.Digest, N: x.Replications, Doubts: x.Warnings}
	for i := range values {
		n := math.NaN()
		if i < len(numbers) {
			n = numbers[i]
		}
		p.Numbers = append(p.Numbers, Float(n))
	}
	for i := range x.Measures {
		m := &x.Measures[i]
		p.Results = append(p.Results, Result{m.Name, m.Labels, m.Unit, m.Estimate})
	}
	return p
}

// The format of a sweep's file.
const (
	SweepFormat  = "headroom/sweep"
	SweepVersion = 1
)

// Write writes a sweep as JSON.
func (s *Sweep) Write(w io.Writer) error {
	if err := json.NewEncoder(w).Encode(s); err != nil {
		return fmt.Errorf("outcome: %w", err)
	}
	return nil
}
