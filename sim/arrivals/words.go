package arrivals

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/rng"
)

// words are the classes of words that triage looks for in a ticket's text.
type words struct {
	keywords []keyword
	// classes are, by the class that a ticket has without any such words and then by the
	// set of words that it has, the classes that it really has.
	classes [][]int32
}

// keyword is one class of words.
type keyword struct {
	sub    uint32    // names its random numbers, which other keywords leave as they are
	shares []float64 // of tickets that have such words, by issue
}

// layWords works out what words make of the classes that the demand brings.
func (p *Plan) layWords(s *model.Scenario) {
	for _, k := range s.Triage.Keywords {
		// A wrong priority has the sub 0.
		p.words.keywords = append(p.words.keywords, keyword{uint32(rng.Domain(k.Name)) | 1, k.Shares})
	}
	if len(p.words.keywords) == 0 {
		return
	}
	for i := range len(p.Classes) {
		c := p.Classes[i]
		row := make([]int32, 1<<len(p.words.keywords))
		for _, set := range s.WordsOf(c.Issue) {
			c.Priority = s.PriorityOf(c, set)
			row[set] = p.class(s, c)
		}
		p.words.classes = append(p.words.classes, row)
	}
}

// read draws the words of a ticket, and gives it the priority that they call for.
func (g *Generator) read(st *stream, t *Ticket) {
	issue := g.plan.Classes[t.Actual].Issue
	set := model.Keywords(0)
	for i := range g.plan.words.keywords {
		if k := &g.plan.words.keywords[i]; k.shares[issue] > 0 && g.occurs(st, t.ID, k, issue) {
			set = set.With(i)
		}
	}
	t.Actual = g.plan.words.classes[t.Actual][set]
	t.Class = t.Actual
}

// occurs reports whether a ticket has words of a class.
func (g *Generator) occurs(st *stream, id ticket.ID, k *keyword, issue ticket.Issue) bool {
	g.entity.Reset(g.key, rng.Triage, k.sub, st.domain, st.entity(id))
	return g.entity.Uniform(0) < k.shares[issue]
}
