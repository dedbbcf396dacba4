package laws

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Begin implements desk.Beginner: with the key of the trial, the plan says exactly how
// many are there, and not only between what bounds.
func (l *Laws) Begin(key rng.Key) { l.plan = layTrial(l, key) }

// turnout is how many people of a duty are there, and how many are missing and why.
type turnout struct{ there, sick, vacant, missed int32 }

// layTrial is layPlan for the trial of a key.
func layTrial(l *Laws, key rng.Key) [][]piece {
	teams, axis := l.layout.Teams, l.layout.Axis
	books := map[[2]int]*staffBook{}
	plan := make([][]piece, len(teams))
	for t, duties := range staffing.ByTeam(staffing.Duties(teams, axis, 0, l.layout.Until), len(teams)) {
		steps := []piece{{}}
		for i := range duties {
			d := &duties[i]
			at := [2]int{d.Team, d.Shift}
			if books[at] == nil {
				books[at] = newStaffBook(&teams[d.Team], d.Shift, axis, l.layout.Until, key)
			}
			steps = appendDuty(steps, d, books[at].turnout(d))
		}
		plan[t] = meltPieces(steps)
	}
	return plan
}

// appendDuty adds the steps of a duty: those who are there take breaks, the others
// are missing from its beginning to its end.
func appendDuty(steps []piece, d *staffing.Duty, n turnout) []piece {
	if d.OnCall {
		return append(steps, piece{from: max(d.From, 0), calls: n.there}, piece{from: max(d.To, 0), calls: -n.there})
	}
	from := d.From
	for _, b := range append(append([]staffing.Interval(nil), d.Breaks...), staffing.Interval{From: d.To}) {
		steps = append(steps,
			piece{from: max(from, 0), low: n.there, high: n.there},
			piece{from: max(b.From, 0), low: -n.there, high: -n.there})
		from = b.To
	}
	return append(steps,
		piece{from: max(d.From, 0), missing: [3]int32{n.sick, n.vacant, n.missed}},
		piece{from: max(d.To, 0), missing: [3]int32{-n.sick, -n.vacant, -n.missed}})
}

// staffBook is who of one shift is there on which day, day by day.
type staffBook struct {
	team   *staffing.Team
	shift  *staffing.Shift
	key    rng.Key
	domain uint64
	start  calendar.Date
	sick   [][]bool // by person, by day from two days before the start
	vacant [][]bool
}

func newStaffBook(t *staffing.Team, shift int, x calendar.Axis, until time.Duration, key rng.Key) *staffBook {
	b := &staffBook{team: t, shift: &t.Shifts[shift], key: key, start: calendar.DateOf(x.Origin)}
	b.domain = rng.Domain(t.Name + "/" + b.shift.Name)
	// Two days before the start, and two after the end, for zones that are ahead.
	days := daysFrom(b.start, calendar.DateOf(x.At(until))) + 4
	gross := b.shift.Heads
	for _, h := range b.shift.Hires {
		gross += h.Heads
	}
	if !t.People(b.shift) {
		return b
	}
	for k := range int(math.Ceil(gross*(1-t.Shrinkage))) + 1 {
		b.sick = append(b.sick, b.spells(uint64(k), days))
		b.vacant = append(b.vacant, b.vacancies(k, days))
	}
	return b
}

func daysFrom(a, b calendar.Date) int {
	noon := func(d calendar.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }
	return int(noon(b).Sub(noon(a)) / (24 * time.Hour))
}

// spells is the health of a person: of each stretch the random number says after how
// many days it is over.
func (b *staffBook) spells(person uint64, days int) []bool {
	share, spell := b.team.Sickness.Share, b.team.Sickness.Spell.Hours()/24
	out := make([]bool, days)
	if share == 0 {
		return out
	}
	heal := 1 - share
	if spell > 0 {
		heal = min(1, 1/spell)
	}
	fall := min(1, share*heal/(1-share))
	if spell == 0 {
		fall = share
	}
	s := b.key.Of(rng.Sickness, b.domain, person)
	ill := s.Float64() < share
	for day := 0; day < days; ill = !ill {
		over := fall
		if ill {
			over = heal
		}
		// The stretch goes on for another day as long as u is not below the
		// probability that it has ended by then.
		u := s.Float64()
		for n := 1; ; n++ {
			if day < days {
				out[day] = ill
			}
			day++
			if day >= days || u < 1-math.Pow(1-over, float64(n)) {
				break
			}
		}
	}
	return out
}

// vacancies is on which days nobody holds a place that was held before.
func (b *staffBook) vacancies(person, days int) []bool {
	out := make([]bool, days)
	rate := b.team.Hiring.Attrition / 365
	if rate == 0 {
		return out
	}
	s := b.key.Of(rng.Attrition, b.domain, uint64(person))
	day := 0
	if !b.shift.First.IsZero() {
		day = max(0, daysFrom(b.start, b.shift.First)+2)
	}
	if on, later := b.hired(person); later {
		day = max(day, daysFrom(b.start, on)+2)
	}
	lead := int(math.Ceil(b.team.Hiring.Vacant().Hours() / 24))
	for day < days {
		day += int(math.Min(1e6, -math.Log1p(-s.Float64())/rate))
		for n := 0; day < days && (n < lead || !b.team.Hiring.Replace); n++ {
			out[day] = true
			day++
		}
	}
	return out
}

// hired is the day on which a place is filled that was not there at first.
func (b *staffBook) hired(person int) (calendar.Date, bool) {
	net := 1 - b.team.Shrinkage
	heads := b.shift.Heads * net
	if float64(person)+rounding < heads {
		return calendar.Date{}, false
	}
	for _, h := range b.shift.Hires {
		if heads += h.Heads * net; float64(person)+rounding < heads {
			return h.On, true
		}
	}
	return calendar.Date{}, false
}

// turnout counts the people of a duty.
func (b *staffBook) turnout(d *staffing.Duty) turnout {
	s := b.key.Of(rng.Roster, b.domain, uint64(int64(daysFrom(b.start, d.Date))))
	u := s.Float64()
	whole := func(x float64) int {
		if n := math.Floor(x); u >= x-n {
			return int(n)
		}
		return int(math.Floor(x)) + 1
	}
	var n turnout
	if b.sick == nil {
		n.there = int32(whole(d.Before+d.Net) - whole(d.Before))
		return n
	}
	day := daysFrom(b.start, d.Date) + 2
	for k := whole(d.Before); k < whole(d.Before+d.Net); k++ {
		switch {
		case !b.shift.Works(k, d.Date):
		case b.vacant[k][day] && d.Overtime, b.sick[k][day] && d.Overtime:
			n.missed++
		case b.vacant[k][day]:
			n.vacant++
		case b.sick[k][day]:
			n.sick++
		default:
			n.there++
		}
	}
	return n
}
