package outcome

import "github.com/headroom-sim/headroom/model/estimate"

// Selection is the choice of the best of several scenarios by one measure.
type Selection struct {
	Measure      string  `json:"measure"` // such as cost
	Unit         Unit    `json:"unit"`
	Currency     string  `json:"currency,omitempty"`
	Smallest     bool    `json:"smallest"`     // the best is the smallest
	Indifference float64 `json:"indifference"` // the smallest difference that matters
	// Budget is the number of trials in all that were to be spent (OCBA); 0 if as
	// many were run as the Confidence asked for takes (KN).
	Budget     int     `json:"budget,omitempty"`
	Confidence float64 `json:"confidence,omitempty"` // the probability that was asked for; absent with a Budget
	// Balance and Set say how the replications were drawn: see Experiment.
	Balance string `json:"balance,omitempty"`
	Set     int    `json:"set,omitempty"`

	Seed   uint64 `json:"seed"`
	Trials int    `json:"trials"` // in all
	Best   int    `json:"best"`   // index into Candidates
	// Sure is the probability that stands behind the choice: the Confidence, or with
	// a Budget an approximation. 0 if the maximum ended the search before a choice.
	Sure float64 `json:"sure"`
	// Interrupted says that the search was broken off: the Best is only the one that was ahead
	// then, and nothing stands behind it.
	Interrupted bool `json:"interrupted,omitempty"`

	Level      float64     `json:"level"`       // of the values
	JointLevel float64     `json:"joint_level"` // of each gap, so that all hold together
	Candidates []Candidate `json:"candidates"`  // all scenarios
	Warnings   []Warning   `json:"warnings"`
}

// Candidate is one scenario of a selection.
type Candidate struct {
	Name         string            `json:"name"`
	Digest       string            `json:"digest"`
	Replications int               `json:"replications"`
	DroppedFor   string            `json:"dropped_for,omitempty"` // the scenario that was better beyond chance
	Value        estimate.Estimate `json:"value"`                 // of the measure
	// Gap is this scenario minus the best, over the replications that both have; its
	// interval is at JointLevel (Bonferroni), so that all hold together at Level. That
	// of the best is empty.
	Gap estimate.Difference `json:"gap"`
}

// Add adds a candidate, under a name of its own.
func (s *Selection) Add(name, digest string) {
	var taken []string
	for i := range s.Candidates {
		taken = append(taken, s.Candidates[i].Name)
	}
	s.Candidates = append(s.Candidates, Candidate{Name: unused(name, taken), Digest: digest})
}
