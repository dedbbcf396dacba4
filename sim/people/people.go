// Package people says which people of the shifts are there on which day of a trial:
// who is sick, whose place is vacant, and since when somebody has held it.
//
// A person is a place on the payroll of a shift, counted from 0. When somebody leaves
// and another comes for him, that is the same place with a new beginning. Every place
// has random numbers of its own, so that one more head changes nothing for the others,
// and a longer horizon nothing for the days before.
//
// A Plan is worked out once for a scenario and shared. A Trial is laid out once for
// each trial, before it begins: it holds the spells of sickness and the vacancies, and
// its size is that of their number, not of the days.
package people

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Absence is why a person is not there.
type Absence uint8

// The absences.
const (
	None   Absence = iota
	Sick           // paid
	Vacant         // somebody has left, and nobody has come yet; not paid
	DayOff         // a part-time person's day without work
	NotYet         // the place is filled only later
)

// Plan is what chance decides about, for all shifts of a scenario.
type Plan struct {
	first  calendar.Date // day 0: two days before the start, for shifts that began before it
	days   int32
	shifts []shift
	some   bool
}

// shift is one shift of one team.
type shift struct {
	*staffing.Shift
	domain   uint64
	counts   bool    // it matters who is there; see staffing.Team.People
	share    float64 // of sickness
	fall     float64 // probability, day by day, to fall sick
	heal     float64 // and to be well again
	leaves   float64 // rate per day
	replace  bool
	lead     int32
	hires    []hire
	learning staffing.Learning
	opens    int32 // its first day
	begins   int32 // the day on which its own people begin to learn; Veteran if they need not
	first    int32 // index of its first person in Trial.persons
	people   int32
}

// hire is the day on which the places below count are filled.
type hire struct {
	day   int32
	count float64
}

// Veteran is the first day of somebody who has been there for so long that he has
// nothing to learn any more.
const Veteran int32 = math.MinInt32

// lookBack is how many days before the start of a scenario a shift may begin that
// still goes on.
const lookBack = 2

// NewPlan works out the plan of teams for a stretch of time from the start of the axis.
func NewPlan(teams []staffing.Team, x calendar.Axis, until time.Duration) *Plan {
	p := &Plan{first: calendar.DateOf(x.Origin).AddDays(-lookBack)}
	p.days = p.Day(calendar.DateOf(x.At(until))) + 2 // the end itself, and a zone that is ahead
	next := int32(0)
	for i := range teams {
		t := &teams[i]
		for j := range t.Shifts {
			s := p.shift(t, &t.Shifts[j])
			s.first = next
			next += s.people
			p.shifts = append(p.shifts, s)
			p.some = p.some || s.counts
		}
	}
	return p
}

func (p *Plan) shift(t *staffing.Team, s *staffing.Shift) shift {
	out := shift{
		Shift: s, domain: rng.Domain(t.Name + "/" + s.Name), counts: t.People(s),
		share: t.Sickness.Share, fall: t.Sickness.Share, heal: 1 - t.Sickness.Share,
		leaves: t.Hiring.Attrition / 365, replace: t.Hiring.Replace,
		lead: int32((t.Hiring.Vacant() + day - 1) / day), begins: Veteran, learning: t.Newcomers(s),
	}
	if spell := t.Sickness.Spell; spell > 0 {
		// A Markov chain with the stated mean spell and the stated share in the long run.
		out.heal = min(1, float64(day)/float64(spell))
		out.fall = min(1, out.share/(1-out.share)*out.heal)
	}
	if !s.First.IsZero() {
		out.opens = max(0, p.Day(s.First))
	}
	if len(s.Learning) > 0 {
		out.begins = lookBack
		if !s.First.IsZero() {
			out.begins = p.Day(s.First)
		}
	}
	heads := s.Heads * (1 - t.Shrinkage)
	out.hires = append(out.hires, hire{Veteran, heads})
	for _, h := range s.Hires {
		heads += h.Heads * (1 - t.Shrinkage)
		out.hires = append(out.hires, hire{p.Day(h.On), heads})
	}
	if out.counts {
		out.people = int32(math.Ceil(heads)) + 1 // lest the plan's rounding find one more
	}
	return out
}

const day = 24 * time.Hour

// dust keeps what is a whole number of heads but for binary fractions from being more.
const dust = 1e-9

// Some reports whether it matters for any shift who is there.
func (p *Plan) Some() bool { return p.some }

// Counts reports whether it matters who of a shift is there. Shifts are counted
// through all teams.
func (p *Plan) Counts(shift int) bool { return p.shifts[shift].counts }

// Learning is how newcomers of a shift learn; nil if they know it all.
func (p *Plan) Learning(shift int) staffing.Learning { return p.shifts[shift].learning }

// Begins is the first day of a shift's own people, or Veteran.
func (p *Plan) Begins(shift int) int32 { return p.shifts[shift].begins }

// Day is the number of a date, from 0 for the first that matters. Dates are counted at
// noon UTC, where no clock changes.
func (p *Plan) Day(d calendar.Date) int32 {
	noon := func(d calendar.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }
	return int32(noon(d).Sub(noon(p.first)) / day)
}

// Date is the inverse of Day.
func (p *Plan) Date(day int32) calendar.Date { return p.first.AddDays(int(day)) }

// joins is the day on which a place is filled first, as it is planned.
func (s *shift) joins(person int32) int32 {
	for _, h := range s.hires {
		if float64(person)+dust < h.count {
			return h.day
		}
	}
	return math.MaxInt32
}

// span is days, from the first to the one after the last.
type span struct{ from, to int32 }

// person is where the spans of a place are.
type person struct{ sick, gone [2]int32 }

// Trial is the people of one trial. It is not safe for concurrent use.
type Trial struct {
	plan    *Plan
	persons []person
	spans   []span
}

// NewTrial makes room for trials.
func (p *Plan) NewTrial() *Trial {
	n := int32(0)
	for i := range p.shifts {
		n += p.shifts[i].people
	}
	return &Trial{plan: p, persons: make([]person, n)}
}

// Reset lays out the trial of a key.
func (t *Trial) Reset(key rng.Key) {
	t.spans = t.spans[:0]
	for i := range t.plan.shifts {
		s := &t.plan.shifts[i]
		for k := range s.people {
			p := &t.persons[s.first+k]
			p.sick = t.sickness(key, s, k)
			p.gone = t.leaving(key, s, k)
		}
	}
}

// sickness lays out the spells of a person. How long somebody stays well or sick has a
// geometric distribution, which forgets, so that the first day is like any other.
func (t *Trial) sickness(key rng.Key, s *shift, k int32) [2]int32 {
	at := int32(len(t.spans))
	if s.share > 0 {
		stream := key.Of(rng.Sickness, s.domain, uint64(k))
		sick := stream.Float64() < s.share
		for d := int32(0); d < t.plan.days; sick = !sick {
			ends := s.fall
			if sick {
				ends = s.heal
			}
			n := geometric(stream.Float64(), ends, t.plan.days)
			if sick {
				t.spans = append(t.spans, span{d, d + n})
			}
			d += n
		}
	}
	return [2]int32{at, int32(len(t.spans))}
}

// geometric is a number of days, at least 1 and at most most, after each of which it
// is over with probability p.
func geometric(u, p float64, most int32) int32 {
	if p >= 1 {
		return 1
	}
	n := 1 + math.Floor(math.Log1p(-u)/math.Log1p(-p))
	return int32(min(n, float64(most)))
}

// leaving lays out the vacancies of a place.
func (t *Trial) leaving(key rng.Key, s *shift, k int32) [2]int32 {
	at := int32(len(t.spans))
	if s.leaves > 0 {
		stream := key.Of(rng.Attrition, s.domain, uint64(k))
		for d := max(s.opens, s.joins(k)); ; {
			stays := math.Floor(-math.Log1p(-stream.Float64()) / s.leaves)
			if float64(d)+stays >= float64(t.plan.days) {
				break
			}
			left := d + int32(stays)
			if !s.replace {
				t.spans = append(t.spans, span{left, math.MaxInt32})
				break
			}
			d = left + s.lead
			t.spans = append(t.spans, span{left, d})
		}
	}
	return [2]int32{at, int32(len(t.spans))}
}

// Of says whether a person of a shift is there on a day on which the shift starts.
func (t *Trial) Of(shift int, k, day int32) Absence {
	s := &t.plan.shifts[shift]
	p := &t.persons[s.first+k]
	switch {
	case day < s.joins(k):
		return NotYet
	case !s.Works(int(k), t.plan.Date(day)):
		return DayOff
	case within(t.spans[p.gone[0]:p.gone[1]], day):
		return Vacant
	case within(t.spans[p.sick[0]:p.sick[1]], day):
		return Sick
	}
	return None
}

// within reports whether a day lies in one of some spans, which are in order.
func within(list []span, day int32) bool {
	i := before(list, day)
	return i >= 0 && day < list[i].to
}

// before is the last span that begins on a day or before it, or -1.
func before(list []span, day int32) int {
	low, high := 0, len(list)
	for low < high {
		if mid := (low + high) / 2; list[mid].from <= day {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low - 1
}

// Since is the first day of whoever holds a place on a day, or Veteran.
func (t *Trial) Since(shift int, k, day int32) int32 {
	s := &t.plan.shifts[shift]
	p := &t.persons[s.first+k]
	gone := t.spans[p.gone[0]:p.gone[1]]
	if i := before(gone, day); i >= 0 {
		return gone[i].to
	}
	if joined := s.joins(k); joined != Veteran {
		return joined
	}
	return s.begins
}

// DayOf is the number of the day that lies so many days after the start's.
func (p *Plan) DayOf(afterStart int64) int32 { return int32(afterStart) + lookBack }
