package staffing

import (
	"sort"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Bill is what a team costs over some stretch of time. All hours are agent hours
// (heads × time). Premiums add, they do not multiply: an hour of overtime in a Saturday
// night costs PerHour × (1 + Night + Weekend + Overtime).
type Bill struct {
	Hours         float64 // all hours paid, breaks and shrinkage included
	NightHours    float64 // those of Hours that lie in the night
	WeekendHours  float64 // those of Hours that lie on a Saturday or Sunday
	OvertimeHours float64 // those of Hours that came after the end of a shift

	// Money, in the scenario's currency. Night, Weekend and Overtime hold the
	// premiums alone; Base is every hour at the base rate.
	Base, Night, Weekend, Overtime float64
}

// Total is all the money of the bill.
func (b Bill) Total() float64 { return b.Base + b.Night + b.Weekend + b.Overtime }

// Plus is the bill for both.
func (b Bill) Plus(o Bill) Bill {
	return Bill{
		Hours: b.Hours + o.Hours, NightHours: b.NightHours + o.NightHours,
		WeekendHours: b.WeekendHours + o.WeekendHours, OvertimeHours: b.OvertimeHours + o.OvertimeHours,
		Base: b.Base + o.Base, Night: b.Night + o.Night,
		Weekend: b.Weekend + o.Weekend, Overtime: b.Overtime + o.Overtime,
	}
}

// OvertimePerHour is the price of an hour after the end of a shift, by day and on
// a weekday. Tariff.Overtime also knows nights and weekends.
func (c *Cost) OvertimePerHour() float64 { return c.PerHour * (1 + c.Overtime) }

// Pay is the bill for the planned hours of one team within [from, to): gross heads
// are paid from the start of a duty to its end. The duties must be those of the
// team alone (ByTeam). Overtime is not planned, so the bill has none.
func Pay(team *Team, x calendar.Axis, duties []Duty, from, to time.Duration) Bill {
	tariff := team.Tariff(x, from, to)
	var sum Bill
	for i := range duties {
		d := &duties[i]
		sum = sum.Plus(tariff.Planned(d.From, d.To, d.Gross))
	}
	return sum
}

// Tariff is a team's prices laid out over a stretch of simulated time. It does not
// change once it is made, and many may read it.
type Tariff struct {
	cost     Cost
	from, to time.Duration
	night    []Interval // sorted, disjoint
	weekend  []Interval // sorted, disjoint
}

// Tariff lays out the team's prices over [from, to). Nights and weekends are told
// by the wall clock in the team's zone. A night that begins on a Friday and ends on
// a Saturday is a night throughout and a weekend from midnight on.
func (t *Team) Tariff(x calendar.Axis, from, to time.Duration) *Tariff {
	tariff := &Tariff{cost: t.Cost, from: from, to: max(from, to)}
	zone := t.zone(x)
	end := t.Cost.NightTo
	if t.Cost.NightFrom > end {
		end += 24 * 60 // the night crosses midnight
	}
	last := calendar.DateOf(x.At(tariff.to).In(zone))
	// The night of the day before may reach into the first day.
	for d := calendar.DateOf(x.At(from).In(zone)).AddDays(-1); d.Compare(last) <= 0; d = d.AddDays(1) {
		night := Interval{x.Local(d, t.Cost.NightFrom, zone), x.Local(d, end, zone)}
		if night.From < night.To {
			tariff.night = append(tariff.night, night)
		}
		if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
			tariff.weekend = append(tariff.weekend, Interval{x.Local(d, 0, zone), x.Local(d.AddDays(1), 0, zone)})
		}
	}
	tariff.night = union(tariff.night)
	tariff.weekend = union(tariff.weekend)
	return tariff
}

// Planned is the bill for some heads from a to b, as far as that lies in the
// tariff's stretch of time.
func (t *Tariff) Planned(a, b time.Duration, heads float64) Bill {
	a, b = max(a, t.from), min(b, t.to)
	if a >= b {
		return Bill{}
	}
	hours := func(d time.Duration) float64 { return d.Hours() * heads }
	bill := Bill{
		Hours:        hours(b - a),
		NightHours:   hours(overlap(t.night, a, b)),
		WeekendHours: hours(overlap(t.weekend, a, b)),
	}
	bill.Base = bill.Hours * t.cost.PerHour
	bill.Night = bill.NightHours * t.cost.PerHour * t.cost.Night
	bill.Weekend = bill.WeekendHours * t.cost.PerHour * t.cost.Weekend
	return bill
}

// Overtime is the bill for some heads that stay from a to b after the end of their
// shift: as Planned, with the overtime premium on every hour.
func (t *Tariff) Overtime(a, b time.Duration, heads float64) Bill {
	bill := t.Planned(a, b, heads)
	bill.OvertimeHours = bill.Hours
	bill.Overtime = bill.OvertimeHours * t.cost.PerHour * t.cost.Overtime
	return bill
}

// overlap is how much of [a, b) the intervals cover.
func overlap(list []Interval, a, b time.Duration) time.Duration {
	var sum time.Duration
	first := sort.Search(len(list), func(i int) bool { return list[i].To > a })
	for _, v := range list[first:] {
		if v.From >= b {
			break
		}
		sum += min(v.To, b) - max(v.From, a)
	}
	return sum
}
