package contract

import (
	"fmt"
	"math/big"
	"strings"
	"time"
)

// Scheme is what a missed level costs. Its values are Flat, Steps, Bands, Counts, PerTicket and PerDelay.
type Scheme interface {
	// String says it in words, of a level whose measure it suits: "10% of the fee for each
	// started 1% below target".
	String() string
	// work completes the working of a missed level.
	work(l *Level, t *Tally, w *Working)
	// check finds what is wrong for a level.
	check(l *Level, add func(format string, args ...any))
}

// timed is a scheme that needs more counts of a percentile than those at the level's limit.
type timed interface {
	limits(l *Level) []time.Duration
}

// charging is a scheme by which a single late clock costs something, in minor units.
type charging interface {
	charge(late time.Duration) int64
}

// Kind describes a scheme for those who choose one.
type Kind struct {
	Name    string // the word for it
	Pays    string // what it pays, in a sentence
	Written string // an example in the scenario language
	Usual   string // who has such clauses
}

// Schemes are all of them, in plain sight. Each has a worked example among the tests.
func Schemes() []Kind {
	return []Kind{
		{"flat", "the same for every missed period", "credit: 10% when missed", "outsourcing contracts, mostly with a pool at risk"},
		{"steps", "so much for each percent below target, or for each stretch of time above it", "credit: 10% per 1% below", "software support contracts"},
		{"bands", "by how far attainment fell, in bands", "credit: [10% below 99.9%, 25% below 99%, 100% below 95%]", "the public agreements of cloud providers"},
		{"counts", "by the number of late clocks", "credit: [5% from 1 late, 10% from 3 late, 15% from 5 late]", "enterprise support with few, severe tickets"},
		{"per ticket", "an amount for every late clock, by how late it is", "credit: [50 USD per ticket late, 200 USD per ticket 8h late]", "field service and logistics"},
		{"per delay", "an amount for each started stretch of lateness", "credit: 20 USD per 1h late", "regulated utilities and carriers"},
	}
}

// Flat pays the same for every missed period.
type Flat struct {
	Credit Share
}

// Rate is a credit, or points, from some limit on. Which limit is meant depends on where it stands.
type Rate struct {
	Below  Share         // Bands of an Attained level: attainment below it
	Above  time.Duration // Bands of a Percentile or Mean level: time above it
	From   int64         // Counts: late clocks; a contract's Points: points
	Credit Share         // of the fee, or of the level's part of the pool
	Points int64         // instead, where the contract has a table of points
}

func (f Flat) work(_ *Level, _ *Tally, w *Working) { w.Share = f.Credit.Rat() }

func (f Flat) check(_ *Level, add func(string, ...any)) { checkCredit(f.Credit, add) }

// String implements Scheme.
func (f Flat) String() string {
	if f.Credit == 0 {
		return noCredit
	}
	return fmt.Sprintf("%v when missed", ofFee(f.Credit))
}

const noCredit = "no credit"

// ofFee says a share of the fee.
func ofFee(s Share) string {
	if s == One {
		return "the whole fee"
	}
	return s.String() + " of the fee"
}

func checkCredit(s Share, add func(string, ...any)) {
	if s < 0 || s > One {
		add("the credit must be between 0%% and 100%%, it is %v", s)
	}
}

// Bands pay by how far a level fell: the credit of the last band that attainment is below, or
// that the time is above. Bands run from the mildest to the worst, with rising credits.
type Bands struct {
	Bands []Rate
}

func (b Bands) work(l *Level, t *Tally, w *Working) {
	for i := range b.Bands {
		r := &b.Bands[i]
		if !l.beyond(r, t) {
			break
		}
		w.Share, w.Points, w.Band = r.Credit.Rat(), r.Points, i+1
	}
}

// beyond reports whether a period fell into a band.
func (l *Level) beyond(r *Rate, t *Tally) bool {
	switch l.Measure {
	case Percentile:
		return below(t.within(r.Above), t.Judged, l.Target)
	case Mean:
		return t.mean().Cmp(seconds(r.Above)) > 0
	default:
		return below(t.Met, t.Judged, r.Below)
	}
}

func (b Bands) limits(*Level) []time.Duration {
	out := make([]time.Duration, len(b.Bands))
	for i := range b.Bands {
		out[i] = b.Bands[i].Above
	}
	return out
}

func (b Bands) check(l *Level, add func(string, ...any)) {
	rising(b.Bands, add)
	for i := range b.Bands {
		r := &b.Bands[i]
		switch {
		case l.Measure != Attained && (r.Above < l.Within || i > 0 && r.Above <= b.Bands[i-1].Above):
			add("bands of a time must rise from the limit %v: %v", l.Within, r.Above)
		case l.Measure == Attained && (r.Below <= 0 || r.Below > l.Target || i > 0 && r.Below >= b.Bands[i-1].Below):
			add("bands of attainment must fall from the target %v: %v", l.Target, r.Below)
		}
	}
}

// rising checks that there are credits, and that what is worse costs more.
func rising(rates []Rate, add func(string, ...any)) {
	if len(rates) == 0 {
		add("there are no credits")
	}
	for i := range rates {
		r := &rates[i]
		checkCredit(r.Credit, add)
		switch {
		case r.Points < 0:
			add("points must not be negative: %d", r.Points)
		case r.Points > 0 && r.Credit > 0:
			add("a band gives a credit or points, not both")
		case i > 0 && (r.Credit < rates[i-1].Credit || r.Points < rates[i-1].Points):
			add("what is worse must not cost less: %s after %s", r.what(), rates[i-1].what())
		}
	}
}

// what is the credit or the points, in words.
func (r *Rate) what() string {
	switch r.Points {
	case 0:
		return r.Credit.String()
	case 1:
		return "1 point"
	default:
		return fmt.Sprintf("%d points", r.Points)
	}
}

// String implements Scheme.
func (b Bands) String() string {
	parts := make([]string, len(b.Bands))
	for i := range b.Bands {
		r := &b.Bands[i]
		if r.Above > 0 {
			parts[i] = fmt.Sprintf("%s above %v", r.what(), lasting(r.Above))
		} else {
			parts[i] = fmt.Sprintf("%s below %v", r.what(), r.Below)
		}
	}
	return listed(parts, b.Bands)
}

// listed joins rates, and says what they are of.
func listed(parts []string, rates []Rate) string {
	if len(rates) == 0 {
		return noCredit
	}
	text := strings.Join(parts, ", ")
	if rates[0].Points == 0 {
		return "of the fee " + text
	}
	return text
}

// Counts pay by the number of late clocks: the credit of the last rate whose From is reached.
type Counts struct {
	Counts []Rate
}

func (c Counts) work(_ *Level, t *Tally, w *Working) {
	for i := range c.Counts {
		if r := &c.Counts[i]; t.Judged-t.Met >= r.From {
			w.Share, w.Points, w.Band = r.Credit.Rat(), r.Points, i+1
		}
	}
}

func (c Counts) check(l *Level, add func(string, ...any)) {
	rising(c.Counts, add)
	for i := range c.Counts {
		if r := &c.Counts[i]; r.From < 1 || i > 0 && r.From <= c.Counts[i-1].From {
			add("numbers of late clocks must rise from 1: %d", r.From)
		}
	}
	if l.Measure != Attained {
		add("late clocks are counted of a share of clocks, not of a percentile or mean")
	}
}

// String implements Scheme.
func (c Counts) String() string {
	parts := make([]string, len(c.Counts))
	for i := range c.Counts {
		parts[i] = fmt.Sprintf("%s from %d late", c.Counts[i].what(), c.Counts[i].From)
	}
	return listed(parts, c.Counts)
}

// below reports whether met of judged clocks are less than a share of them.
func below(met, judged int64, target Share) bool {
	return judged > 0 && big.NewRat(met, judged).Cmp(target.Rat()) < 0
}

// seconds is a time in seconds, exactly.
func seconds(d time.Duration) *big.Rat { return big.NewRat(int64(d), int64(time.Second)) }

// lasting writes a time as the scenario language does: 4h, 1h30m.
func lasting(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = text[:len(text)-2]
	}
	if strings.HasSuffix(text, "h0m") {
		text = text[:len(text)-2]
	}
	return text
}
