package staffing

import (
	"sort"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Bill is what a team costs over some stretch of time. All hours are agent hours
// (heads × time). Premiums add, they do not multiply: an hour of overtime in a Saturday
// night costs PerHour × (1 + Night + Weekend + Overtime), and on a holiday + Holiday.
type Bill struct {
	Hours         float64 // all hours paid, breaks and shrinkage included
	NightHours    float64 // those of Hours that lie in the night
	WeekendHours  float64 // those of Hours that lie on a Saturday or Sunday
	OvertimeHours float64 // those of Hours that came after the end of a shift
	HolidayHours  float64 // those of Hours that lie on the team's holidays
	StandbyHours  float64 // hours on call; none of Hours, which are hours at work

	// Money, in the scenario's currency. Night, Weekend, Overtime and Holiday hold the
	// premiums alone; Base is every hour at the base rate, Standby every hour on call.
	Base, Night, Weekend, Overtime, Holiday, Standby float64
}

// Total is all the money of the bill.
func (b Bill) Total() float64 {
	return b.Base + b.Night + b.Weekend + b.Overtime + b.Holiday + b.Standby
}

// Plus is the bill for both.
func (b Bill) Plus(o Bill) Bill {
	return Bill{
		Hours: b.Hours + o.Hours, NightHours: b.NightHours + o.NightHours,
		WeekendHours: b.WeekendHours + o.WeekendHours, OvertimeHours: b.OvertimeHours + o.OvertimeHours,
		Base: b.Base + o.Base, Night: b.Night + o.Night,
		Weekend: b.Weekend + o.Weekend, Overtime: b.Overtime + o.Overtime,
		HolidayHours: b.HolidayHours + o.HolidayHours, Holiday: b.Holiday + o.Holiday,
		StandbyHours: b.StandbyHours + o.StandbyHours, Standby: b.Standby + o.Standby,
	}
}

// Minus is the bill with all signs turned round.
func (b Bill) Minus() Bill {
	return Bill{
		Hours: -b.Hours, NightHours: -b.NightHours, WeekendHours: -b.WeekendHours, OvertimeHours: -b.OvertimeHours,
		HolidayHours: -b.HolidayHours, StandbyHours: -b.StandbyHours,
		Base: -b.Base, Night: -b.Night, Weekend: -b.Weekend, Overtime: -b.Overtime, Holiday: -b.Holiday, Standby: -b.Standby,
	}
}

// OvertimePerHour is the price of an hour after the end of a shift, by day and on
// a weekday. Tariff.Overtime also knows nights and weekends.
func (c *Cost) OvertimePerHour() float64 { return c.PerHour * (1 + c.Overtime) }

// Pay is the bill for the planned hours of one team within [from, to): gross heads
// are paid from the start of a duty to its end, planned overtime with its premium,
// and hours on call at the standby rate. Who is sick is paid all the same. The duties
// must be those of the team alone (ByTeam). What a trial adds is not in it: overtime
// that nobody planned, calls; nor what it saves: the pay of those who have left.
func Pay(team *Team, x calendar.Axis, duties []Duty, from, to time.Duration) Bill {
	tariff := team.Tariff(x, from, to)
	var sum Bill
	for i := range duties {
		d := &duties[i]
		switch {
		case d.OnCall:
			sum = sum.Plus(tariff.standby(d.From, d.To, d.Gross, team.Shifts[d.Shift].OnCall.PerHour))
		case d.Overtime:
			sum = sum.Plus(tariff.Overtime(d.From, d.To, d.Gross))
		default:
			sum = sum.Plus(tariff.Planned(d.From, d.To, d.Gross))
		}
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
	holidays []Interval // sorted, disjoint
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
	for _, d := range t.Holidays {
		tariff.holidays = append(tariff.holidays, Interval{x.Local(d, 0, zone), x.Local(d.AddDays(1), 0, zone)})
	}
	tariff.holidays = union(tariff.holidays)
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
		HolidayHours: hours(overlap(t.holidays, a, b)),
	}
	bill.Base = bill.Hours * t.cost.PerHour
	bill.Night = bill.NightHours * t.cost.PerHour * t.cost.Night
	bill.Weekend = bill.WeekendHours * t.cost.PerHour * t.cost.Weekend
	bill.Holiday = bill.HolidayHours * t.cost.PerHour * t.cost.Holiday
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

// standby is the bill for some heads who are on call from a to b.
func (t *Tariff) standby(a, b time.Duration, heads, perHour float64) Bill {
	a, b = max(a, t.from), min(b, t.to)
	if a >= b {
		return Bill{}
	}
	hours := (b - a).Hours() * heads
	return Bill{StandbyHours: hours, Standby: hours * perHour}
}

// Callout is the bill for the time by which a call that ended at an instant and took
// so long falls short of the minimum: paid as overtime, by day on a weekday.
func (t *Tariff) Callout(at, took, minimum time.Duration) Bill {
	if took >= minimum || at < t.from || at > t.to {
		return Bill{}
	}
	hours := (minimum - took).Hours()
	return Bill{
		Hours: hours, OvertimeHours: hours,
		Base: hours * t.cost.PerHour, Overtime: hours * t.cost.PerHour * t.cost.Overtime,
	}
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
