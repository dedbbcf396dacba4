package measures

import (
	"errors"
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// quantity is how an absolute precision of some measures is written.
type quantity struct {
	example  string
	read     func(d *scope.Scope, v yamltree.Value) (float64, bool)
	measures []string
}

// quantities are the measures for which a precision makes sense, ratios and means,
// by what they are measured in.
var quantities = []quantity{
	{"1pp", percentagePoints, []string{
		outcome.BreachRate, outcome.AbandonRate, outcome.Occupancy, outcome.Utilisation, outcome.Attainment,
		outcome.LostRate, outcome.CustomerShare,
	}},
	{"5m", seconds, []string{outcome.Wait, outcome.WorkPerTicket}},
	{"10", tickets, []string{outcome.BacklogPeak, outcome.QueuePeak}},
	{"500 USD", amount, []string{outcome.Cost, outcome.Credit}},
}

func quantityOf(measure string) *quantity {
	for i := range quantities {
		for _, name := range quantities[i].measures {
			if name == measure {
				return &quantities[i]
			}
		}
	}
	return nil
}

func precisionMeasures() []string {
	var all []string
	for _, q := range quantities {
		all = append(all, q.measures...)
	}
	return all
}

// Precisions reads one precision or a list of them.
func Precisions(d *scope.Scope, v yamltree.Value, r *model.Run) {
	var all []model.Precision
	for _, item := range v.Items() {
		if p, ok := precision(d, item); ok {
			all = append(all, p)
		}
	}
	r.SetPrecisions(all)
}

// precision reads "5% of breach_rate(first_reply, tier=gold)" or "500 USD of cost".
func precision(d *scope.Scope, v yamltree.Value) (p model.Precision, ok bool) {
	const hint = "want such as 5% of breach_rate(first_reply)"
	text, ok := v.Text("a precision, such as 5% of breach_rate(first_reply)")
	if !ok {
		return p, false
	}
	size, measure, ok := strings.Cut(text, " of ")
	if !ok {
		v.Failf(hint, "%q is not a precision", scalar.Clip(text))
		return p, false
	}
	at := len(size) + len(" of ")
	p.Measure = measureIn(v.Within(at, len(measure)).WithText(strings.TrimSpace(measure)), precisionMeasures())
	if p.Measure == "" {
		return p, false
	}
	part := v.Within(0, len(size)).WithText(strings.TrimSpace(size))
	if strings.HasSuffix(part.Node.Text, "%") {
		p.Relative, ok = scalar.Percent(part, 0, 1)
	} else {
		name, _, _ := strings.Cut(p.Measure, "(")
		q := quantityOf(name)
		if p.Absolute, ok = q.read(d, part); !ok {
			return p, false
		}
	}
	if ok && p.Relative == 0 && p.Absolute == 0 {
		part.Failf("", "a precision of nothing is never reached")
		return p, false
	}
	return p, ok
}

// percentagePoints reads percentage points, 1pp, as a share.
func percentagePoints(d *scope.Scope, v yamltree.Value) (float64, bool) {
	text, ok := strings.CutSuffix(v.Node.Text, "pp")
	x, isNumber := scalar.ParseNumber(strings.TrimSpace(text))
	if !ok || !isNumber || x < 0 || x > 100 {
		v.Failf("want a share of the measure, such as 5%, or percentage points, such as 1pp", "%q is not a precision of a share", scalar.Clip(v.Node.Text))
		return 0, false
	}
	return x / 100, true
}

func seconds(d *scope.Scope, v yamltree.Value) (float64, bool) {
	span, ok := scalar.Duration(v)
	return span.Seconds(), ok
}

func tickets(d *scope.Scope, v yamltree.Value) (float64, bool) { return scalar.Number(v, 0, 1e12) }

func amount(d *scope.Scope, v yamltree.Value) (float64, bool) {
	m, ok := d.Money(v)
	return m.Float(), ok
}

// ReadMeasure reads the name of a measure of which a precision can be asked, such as
// breach_rate(first_reply, tier=gold), and writes it the way measures are called
// everywhere. The error says what is wrong.
func ReadMeasure(text string) (string, error) {
	var name string
	err := readWord(text, func(_ *scope.Scope, v yamltree.Value) { name = measureIn(v, precisionMeasures()) })
	return name, err
}

// ReadDifference reads a difference of a measure in the unit of the measure: 500 USD or
// just 500 for money, 1pp for shares, 5m for times, 10 for tickets.
func ReadDifference(measure, text string) (float64, error) {
	name, _, _ := strings.Cut(measure, "(")
	q := quantityOf(name)
	if q == nil {
		return 0, fmt.Errorf("%q is not a measure", measure)
	}
	var err error
	x, bare := scalar.ParseNumber(text)
	if !bare || q.example != "500 USD" {
		err = readWord(text, func(d *scope.Scope, v yamltree.Value) { x, _ = q.read(d, v) })
	}
	if err == nil && !(x > 0) {
		err = fmt.Errorf("%q is no difference; want such as %s", text, q.example)
	}
	return x, err
}

// readWord reads a single value that stands in no file.
func readWord(text string, read func(*scope.Scope, yamltree.Value)) error {
	reader := &yamltree.Reader{}
	v := reader.Root(&yamltree.Node{Kind: yamltree.Scalar, Text: strings.TrimSpace(text)})
	read(scope.New(v, ""), v)
	problems := reader.Problems()
	switch {
	case len(problems) == 0:
		return nil
	case problems[0].Hint == "":
		return errors.New(problems[0].Text)
	}
	return fmt.Errorf("%s; %s", problems[0].Text, problems[0].Hint)
}
