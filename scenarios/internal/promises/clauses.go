package promises

import (
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// A clause is a text of words and numbers, such as "10% per 1% below". It is read part by part, and a
// problem points at the part.
type clause struct {
	v    yamltree.Value
	text string
	at   int // of text in v
}

// read begins a clause; ok is false if the value is no single one.
func read(v yamltree.Value, want string) (clause, bool) {
	text, ok := v.Text(want)
	return clause{v, text, 0}, ok
}

// cut divides a clause before and after the first separator.
func (c clause) cut(separator string) (before, after clause, found bool) {
	head, tail, found := strings.Cut(c.text, separator)
	return clause{c.v, head, c.at}, clause{c.v, tail, c.at + len(head) + len(separator)}, found
}

// without is the clause without a word at its end.
func (c clause) without(suffix string) (clause, bool) {
	text, ok := strings.CutSuffix(strings.TrimRight(c.text, " "), suffix)
	return clause{c.v, text, c.at}, ok
}

// value is the clause as a value of its own, in its place.
func (c clause) value() yamltree.Value {
	lead := len(c.text) - len(strings.TrimLeft(c.text, " "))
	text := strings.TrimSpace(c.text)
	return c.v.Within(c.at+lead, len(text)).WithText(text)
}

func (c clause) share() (contract.Share, bool) { return scalar.ExactShare(c.value(), 0, contract.One) }

// promised reads "95% of resolution", "90% of first_reply within 2h", "p90 of first_reply within 4h" or
// "mean of resolution within 8h".
func promised(v yamltree.Value, l *contract.Level) {
	const want = "want such as 95% of resolution, p90 of first_reply within 4h or mean of resolution within 8h"
	c, ok := read(v, "a promise, such as 95% of resolution")
	if !ok {
		return
	}
	head, tail, ok := c.cut(" of ")
	if !ok {
		v.Failf(want, "%q is not a promise", scalar.Clip(c.text))
		return
	}
	metric, limit, limited := tail.cut(" within ")
	i, _ := scope.Choice(metric.value(), sla.MetricNames())
	l.Metric = sla.Metric(i)
	if limited {
		l.Within, _ = scalar.PositiveDuration(limit.value())
	}
	percentile, isPercentile := strings.CutPrefix(head.text, "p")
	switch {
	case head.text == "mean":
		l.Measure = contract.Mean
	case isPercentile:
		l.Measure = contract.Percentile
		l.Target, _ = scalar.ExactShare(head.value().WithText(percentile+"%"), 1, contract.One)
	default:
		l.Target, _ = scalar.ExactShare(head.value(), 1, contract.One)
		return
	}
	if !limited {
		v.Failf(want, "%q does not say within what time", scalar.Clip(c.text))
		l.Within = time.Hour
	}
}

// scheme reads what a miss costs: a clause, or a list of rates.
func (d *Decoder) scheme(v yamltree.Value, l *contract.Level) contract.Scheme {
	if v.Node.Kind == yamltree.List {
		return d.schedule(v, l)
	}
	const want = "want such as 10% per 1% below, 10% when missed, 20 USD per 1h late, or a list such as [10% below 99%, 25% below 95%]"
	c, ok := read(v, "a credit, such as 10% per 1% below")
	if !ok {
		return contract.Flat{}
	}
	if head, ok := c.without(" when missed"); ok {
		credit, _ := head.share()
		return contract.Flat{Credit: credit}
	}
	head, tail, ok := c.cut(" per ")
	if !ok {
		if strings.Contains(c.text, " below ") || strings.Contains(c.text, " above ") || strings.Contains(c.text, " from ") {
			return d.schedule(v, l)
		}
		v.Failf(want, "%q is not a credit", scalar.Clip(c.text))
		return contract.Flat{}
	}
	tail, _ = tail.without(" target")
	if strings.HasPrefix(tail.text, "ticket ") {
		return d.schedule(v, l)
	}
	if step, ok := tail.without(" below"); ok {
		credit, _ := head.share()
		size, ok := scalar.ExactShare(step.value(), 1, contract.One)
		if !ok {
			size = contract.One
		}
		return contract.Steps{Credit: credit, Step: size}
	}
	if step, ok := tail.without(" above"); ok {
		credit, _ := head.share()
		return contract.Steps{Credit: credit, Stretch: stretch(step)}
	}
	return d.delay(v, head, tail, want)
}

// delay reads "20 USD per 1h late" and "20 USD per 1h late, at most 500 USD", of which the parts before
// and after "per" have been cut.
func (d *Decoder) delay(v yamltree.Value, head, tail clause, want string) contract.Scheme {
	tail, most, limited := tail.cut(", at most ")
	step, ok := tail.without(" late")
	if !ok {
		v.Failf(want, "%q is not a credit", scalar.Clip(v.Node.Text))
		return contract.Flat{}
	}
	p := contract.PerDelay{Stretch: stretch(step)}
	p.Amount, _ = d.Money(head.value())
	if limited {
		p.Most, _ = d.Money(most.value())
	}
	return p
}

// stretch is a time above nothing; an hour where what is written is none, which is reported.
func stretch(c clause) time.Duration {
	x, ok := scalar.PositiveDuration(c.value())
	if !ok {
		return time.Hour
	}
	return x
}

// schedule reads a list of rates or penalties, all of one kind.
func (d *Decoder) schedule(v yamltree.Value, l *contract.Level) contract.Scheme {
	var rates []contract.Rate
	var penalties contract.PerTicket
	counted := 0
	for _, item := range v.Items() {
		if c, ok := read(item, "a credit, such as 10% below 99%"); ok && strings.Contains(c.text, " per ticket ") {
			penalties.Penalties = append(penalties.Penalties, d.penalty(c))
			continue
		}
		if r, ok := rate(item, " late"); ok {
			rates = append(rates, r)
			if r.From > 0 {
				counted++
			}
		}
	}
	switch {
	case len(penalties.Penalties) > 0 && len(rates) > 0, counted > 0 && counted < len(rates):
		v.Failf("write a list of one kind: below 95%, above 4h, from 3 late or per ticket late", "credits of several kinds in one list")
		return contract.Flat{}
	case len(penalties.Penalties) > 0:
		return penalties
	case counted > 0:
		return contract.Counts{Counts: rates}
	}
	for i := range rates {
		if r := &rates[i]; (r.Above > 0) != (l.Measure != contract.Attained) {
			v.Failf("shares of clocks fall below a percentage, percentiles and means rise above a time", "these credits do not suit a promise of %s", l.Promise())
			return contract.Flat{}
		}
	}
	return contract.Bands{Bands: rates}
}

// rate reads "10% below 99%", "5% above 4h" or "2 points from 3 late", where what is counted is said by
// the word at the end: late clocks, or points.
func rate(v yamltree.Value, counted string) (r contract.Rate, ok bool) {
	want := "want such as 10% below 99%, 5% above 4h or 10% from 3 late"
	if counted == " points" {
		want = "want such as 5% from 3 points"
	}
	c, ok := read(v, "a credit, such as 10% below 99%")
	if !ok {
		return r, false
	}
	for _, word := range []string{" below ", " above ", " from "} {
		head, tail, found := c.cut(word)
		if !found {
			continue
		}
		if points, given := pointsOf(head); given {
			r.Points, ok = wholeOf(points)
		} else {
			r.Credit, ok = head.share()
		}
		if !ok {
			return r, false
		}
		switch word {
		case " below ":
			r.Below, ok = scalar.ExactShare(tail.value(), 1, contract.One)
		case " above ":
			r.Above, ok = scalar.PositiveDuration(tail.value())
		default:
			number, said := tail.without(counted)
			if !said {
				break
			}
			r.From, ok = wholeOf(number)
		}
		if r.Below > 0 || r.Above > 0 || r.From > 0 || !ok {
			return r, ok
		}
	}
	v.Failf(want, "%q is not a credit", scalar.Clip(c.text))
	return r, false
}

// pointsOf is the number before "points".
func pointsOf(c clause) (clause, bool) {
	if number, ok := c.without(" points"); ok {
		return number, true
	}
	return c.without(" point")
}

// mostCount bounds the numbers of clauses.
const mostCount = 1_000_000

// wholeOf is a whole number above nothing.
func wholeOf(c clause) (int64, bool) {
	n, ok := scalar.Count(c.value(), 1, mostCount)
	return int64(n), ok
}

// penalty reads "50 USD per ticket late" or "200 USD per ticket 8h late".
func (d *Decoder) penalty(c clause) (p contract.Penalty) {
	head, tail, _ := c.cut(" per ticket ")
	p.Amount, _ = d.Money(head.value())
	if tail.text == "late" {
		return p
	}
	late, ok := tail.without(" late")
	if !ok {
		c.v.Failf("want such as 50 USD per ticket late or 200 USD per ticket 8h late", "%q is not a penalty", scalar.Clip(c.text))
		return p
	}
	p.Late, _ = scalar.PositiveDuration(late.value())
	return p
}

// periods reads the number before "periods".
func periods(c clause) (int, bool) {
	number, ok := c.without(" periods")
	if !ok {
		number, ok = c.without(" period")
	}
	if !ok {
		return 0, false
	}
	n, ok := wholeOf(number)
	return int(n), ok
}

// repeats reads "10%, 15% within 3 periods".
func repeats(v yamltree.Value) (r contract.Repeats) {
	const want = "want such as 10%, 15% within 3 periods"
	c, ok := read(v, "credits of repeats, such as 10%, 15% within 3 periods")
	if !ok {
		return r
	}
	credits, window, _ := c.cut(" within ")
	if r.Window, ok = periods(window); !ok {
		v.Failf(want, "%q does not say within how many periods", scalar.Clip(c.text))
		return contract.Repeats{}
	}
	for rest, more := credits, true; more; {
		var one clause
		one, rest, more = rest.cut(",")
		if share, ok := one.share(); ok {
			r.Credits = append(r.Credits, share)
		}
	}
	return r
}

// earnBack reads "98% in 2 periods".
func earnBack(v yamltree.Value) (e contract.EarnBack) {
	c, ok := read(v, "what earns a credit back, such as 98% in 2 periods")
	if !ok {
		return e
	}
	target, window, _ := c.cut(" in ")
	if e.Periods, ok = periods(window); !ok {
		v.Failf("want such as 98% in 2 periods", "%q does not say in how many periods", scalar.Clip(c.text))
		return contract.EarnBack{}
	}
	if e.Target, ok = scalar.ExactShare(target.value(), 1, contract.One); !ok {
		e.Target = contract.One
	}
	return e
}

// exit reads "3 misses in 6 periods".
func exit(v yamltree.Value) (e contract.Exit) {
	const want = "want such as 3 misses in 6 periods"
	c, ok := read(v, "when the customer may leave, such as 3 misses in 6 periods")
	if !ok {
		return e
	}
	head, window, _ := c.cut(" in ")
	number, said := head.without(" misses")
	if !said {
		number, said = head.without(" miss")
	}
	if e.Periods, ok = periods(window); !ok || !said {
		v.Failf(want, "%q does not say how many misses in how many periods", scalar.Clip(c.text))
		return contract.Exit{}
	}
	n, ok := wholeOf(number)
	if !ok {
		return contract.Exit{}
	}
	e.Misses = int(n)
	return e
}

// clocks reads "20 clocks".
func clocks(v yamltree.Value) int64 {
	c, ok := read(v, "a number of clocks, such as 20 clocks")
	if !ok {
		return 0
	}
	number, ok := c.without(" clocks")
	if !ok {
		v.Failf("want such as 20 clocks", "%q does not say how many clocks", scalar.Clip(c.text))
		return 0
	}
	n, _ := wholeOf(number)
	return n
}

// days reads whole days, such as 30d.
func days(v yamltree.Value) int {
	d, ok := scalar.PositiveDuration(v)
	if !ok {
		return 0
	}
	if d%(24*time.Hour) != 0 {
		v.Failf("want such as 30d", "%q is not a number of days", v.Node.Text)
		return 0
	}
	return int(d / (24 * time.Hour))
}
