package headcount

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

// planned is a plan of months from 1 February 2027 on, which has 28 days.
func planned(months int, t Team) (*Plan, *Team) {
	start := calendar.Date{Year: 2027, Month: time.February, Day: 1}
	p := &Plan{Start: start}
	for first := start; len(p.Months) < months; {
		next := following(first)
		p.Months = append(p.Months, Month{First: first, From: daysBetween(start, first), To: daysBetween(start, next)})
		first = next
	}
	for range months {
		if len(t.Net) < months {
			t.Net = append(t.Net, 0)
		}
		t.Lost = append(t.Lost, 0)
	}
	p.Teams = []Team{t}
	return p, &p.Teams[0]
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, not %v", what, got, want)
	}
}

// Ten people of whom one in a thousand leaves each day, paid 20 an hour for 40 hours a week; on 1 March
// two more begin, of whom a tenth leaves in two weeks of class, and who then work at half speed
// for ten days. The figures are sums over days that were added up outside of this program:
// people of a day are the mean of those at its two ends.
func TestAHandWorkedPlanComesOutToThePenny(t *testing.T) {
	t.Parallel()
	p, team := planned(2, Team{
		Rate: 20, Week: 40, People: []Cohort{{Heads: 10, Day: -1}}, Ramp: staffing.Learning{{From: 0.5, To: 0.5, For: 10 * day}},
		Hiring: staffing.Hiring{Attrition: 0.365, Replace: true, Training: 14 * day, Dropout: 0.1, Cost: 1500},
		Net:    []float64{9, 10},
	})
	p.Margin = 0.1
	lines := p.Lines(team, []float64{0, 2})
	feb, mar := lines[0], lines[1]
	for _, row := range []struct {
		what      string
		got, want float64
	}{
		{"the heads of February", feb.Heads, 9.861298392758},
		{"the gap of February", feb.Gap(), -0.038701607241},
		{"who is there when March begins", mar.Opening, 10 * math.Exp(-0.028)},
		{"who begins in March", mar.Starts, 2},
		{"who leaves in March", mar.Leavers, 0.527157344099},
		{"who is there when March ends", mar.Closing, 11.196726323914},
		{"who is in class in March", mar.Class, 0.857275672773},
		{"the heads of March", mar.Heads, 9.574709715359 + 0.689878058503},
		{"the gross heads of March", mar.Gross, 11},
	} {
		near(t, row.what, row.got, row.want, 1e-9)
	}
	for _, row := range []struct {
		what string
		got  float64
		want int // in pennies
	}{
		{"the pay of February", feb.Payroll, 31_556_15}, {"the pay of March", mar.Payroll, 40_426_62},
		{"hiring", mar.Hiring, 3000_00}, {"all of it", mar.Cumulated, 74_982_77},
	} {
		if got := int(math.Round(row.got * 100)); got != row.want {
			t.Errorf("%s is %d pennies, not %d", row.what, got, row.want)
		}
	}
}

// any team, of people for good, temps, and people who are agreed.
func drawn(t *rapid.T) (*Plan, *Team, []float64) {
	months := rapid.IntRange(1, 8).Draw(t, "months")
	team := Team{Rate: 20, Week: 38, Hiring: staffing.Hiring{
		Attrition: rapid.Float64Range(0, 2).Draw(t, "attrition"), Training: time.Duration(rapid.IntRange(0, 60).Draw(t, "training")) * day,
	}}
	if rapid.Bool().Draw(t, "drops out") {
		team.Hiring.Dropout = rapid.Float64Range(0.01, 0.5).Draw(t, "dropout")
	}
	if rapid.Bool().Draw(t, "learns") {
		team.Ramp = staffing.Learning{{From: 0.4, To: 1, For: time.Duration(rapid.IntRange(1, 120).Draw(t, "ramp")) * day}}
	}
	for range rapid.IntRange(0, 3).Draw(t, "cohorts") {
		c := Cohort{Heads: rapid.Float64Range(0, 20).Draw(t, "heads"), Day: rapid.IntRange(-40, 200).Draw(t, "day"), Learning: team.Ramp}
		if rapid.Bool().Draw(t, "temps") {
			c.Until = max(c.Day, 0) + rapid.IntRange(1, 100).Draw(t, "term")
		}
		team.People = append(team.People, c)
	}
	var starts []float64
	for range months {
		starts = append(starts, float64(rapid.IntRange(0, 5).Draw(t, "starts")))
	}
	for range months {
		team.Net = append(team.Net, rapid.Float64Range(0, 40).Draw(t, "net"))
	}
	p, x := planned(months, team)
	return p, x, starts
}

// People who are there, and those who begin, are there at the end or have left, and leave at the rate
// that was said; nobody comes from nowhere between two months.
func TestPeopleAreConserved(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, team, starts := drawn(t)
		lines := p.Lines(team, starts)
		for m, l := range lines {
			if m > 0 && math.Abs(l.Opening-lines[m-1].Closing) > 1e-9 {
				t.Errorf("%v are there when month %d begins, %v when the one before ends", l.Opening, m, lines[m-1].Closing)
			}
			if d := l.Opening + l.Agreed + l.Starts - l.Leavers - l.Closing; math.Abs(d) > 1e-9 {
				t.Errorf("month %d loses %v people", m, d)
			}
			if l.Leavers < -1e-9 || l.Agreed < -1e-9 || l.Class < 0 || l.Heads < -1e-9 {
				t.Errorf("month %d: %+v", m, l)
			}
			stays := math.Exp(-team.Hiring.Attrition * float64(p.Months[m].Days()) / 365)
			if team.Hiring.Dropout == 0 && l.Agreed == 0 && math.Abs(l.Closing-(l.Opening+l.Starts)*stays) > 1e-9 {
				t.Errorf("month %d: of %v people %v are left", m, l.Opening+l.Starts, l.Closing)
			}
			if most := l.Opening + l.Agreed + l.Starts + l.Temps; l.Heads > most+1e-9 || l.Class > most+1e-9 {
				t.Errorf("month %d: %v heads of %v people, %v in class", m, l.Heads, most, l.Class)
			}
		}
	})
}

// Another one who begins adds what is said of him, whoever else begins.
func TestHeadsAreTheSumOfWhatEachDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, team, starts := drawn(t)
		bare, with := p.Lines(team, nil), p.Lines(team, starts)
		want := make([]float64, len(bare))
		for m := range bare {
			want[m] += bare[m].Heads
		}
		for s, n := range starts {
			for m, y := range p.Yield(team, s) {
				want[m] += n * y
			}
		}
		for m := range want {
			if math.Abs(with[m].Heads-want[m]) > 1e-9 {
				t.Errorf("month %d has %v heads, not %v", m, with[m].Heads, want[m])
			}
		}
	})
}

func TestWithoutAttritionNothingChanges(t *testing.T) {
	t.Parallel()
	p, team := planned(24, Team{Week: 40, Rate: 10, People: []Cohort{{Heads: 7.5, Day: -1}}, Net: slice(24, 7.5)})
	for m, l := range p.Lines(team, nil) {
		if l.Opening != 7.5 || l.Closing != 7.5 || l.Heads != 7.5 || l.Leavers != 0 || l.Low != 7.5 || l.High != 7.5 || l.Short != 0 || l.Gap() != 0 {
			t.Errorf("month %d: %+v", m, l)
		}
		if want := 7.5 * 40 / 7 * float64(p.Months[m].Days()) * 10; math.Abs(l.Payroll-want) > 1e-6 {
			t.Errorf("month %d costs %v, not %v", m, l.Payroll, want)
		}
	}
}

func slice(n int, x float64) (list []float64) {
	for range n {
		list = append(list, x)
	}
	return list
}

// Temps are there from their first day to their last, and leave all at once.
func TestTempsAreThereForTheirTerm(t *testing.T) {
	t.Parallel()
	// February has days 0 to 27; they come on the 15th and go after 14 days of work.
	p, team := planned(2, Team{Week: 40, People: []Cohort{{Heads: 6, Day: 14, Until: 28}}, Hiring: staffing.Hiring{Attrition: 1}})
	lines := p.Lines(team, nil)
	near(t, "heads of temps", lines[0].Heads, 3, 1e-12)
	near(t, "temps", lines[0].Temps, 3, 1e-12)
	near(t, "heads after they left", lines[1].Heads, 0, 1e-12)
	if l := lines[0]; l.Opening != 0 || l.Closing != 0 || l.Agreed != 0 || l.Low != 3 || l.High != 3 {
		t.Errorf("temps are no people for good, and no chance: %+v", l)
	}
}

// The law of a month is that of people who each leave or stay: it is held against all outcomes there are.
func TestTheChanceOfTooFewIsThatOfAllOutcomes(t *testing.T) {
	t.Parallel()
	p, team := planned(3, Team{
		Week: 40, People: []Cohort{{Heads: 3.25, Day: -1}, {Heads: 1, Day: 20}}, Hiring: staffing.Hiring{Attrition: 1.5, Training: 10 * day},
		Ramp: staffing.Learning{{From: 0.6, To: 0.6, For: 400 * day}},
	})
	starts := []float64{0, 2, 0}
	month := &p.Months[2]
	type person struct{ stays, work float64 }
	var people []person
	cohorts := team.all(p, starts)
	mean := 0.
	for i := range cohorts {
		c := &cohorts[i]
		x := team.present(c, month)
		mean += c.Heads * x.work
		for n := c.Heads; n > 1e-9; n-- {
			people = append(people, person{x.there, x.work / x.there * min(n, 1)})
		}
	}
	near(t, "the mean", p.Lines(team, starts)[2].Heads, mean, 1e-12)
	if len(people) != 7 {
		t.Fatalf("%d people", len(people))
	}
	law := team.law(cohorts, month)
	for _, need := range []float64{0.1, 0.8, 1.3, 2.9, 3.7, 4.2, 5, 5.3, 5.6} {
		want := 0.
		for outcome := range 1 << len(people) {
			chance, heads := 1., 0.
			for i, x := range people {
				if outcome>>i&1 == 1 {
					chance *= x.stays
					heads += x.work
				} else {
					chance *= 1 - x.stays
				}
			}
			if heads < need {
				want += chance
			}
		}
		near(t, "the chance of too few", law.below(need), want, 1e-9)
	}
	low, high := law.quantile(0.025), law.quantile(0.975)
	if law.below(low) > 0.025 || law.below(low+0.002) < 0.025 || law.below(high) > 0.975 || law.below(high+0.002) < 0.975 {
		t.Errorf("from %v to %v are not the middle 95 %%", low, high)
	}
}

// A month of many people is near the normal law of as many.
func TestALargeTeamIsNearlyNormal(t *testing.T) {
	t.Parallel()
	p, team := planned(12, Team{Week: 40, People: []Cohort{{Heads: 2000, Day: -1}}, Hiring: staffing.Hiring{Attrition: 0.3}, Net: slice(12, 1560)})
	l := p.Lines(team, nil)[11]
	stays := l.Heads / 2000
	sd := math.Sqrt(2000 * stays * (1 - stays))
	near(t, "the chance of too few", l.Short, math.Erfc((l.Heads-1560+0.5)/sd/math.Sqrt2)/2, 0.01)
	near(t, "the low end", l.Low, l.Heads-1.96*sd, 1.5)
	near(t, "the high end", l.High, l.Heads+1.96*sd, 1.5)
}

func TestPeopleCanBeAskedForOnTheFirstDayAndNotBefore(t *testing.T) {
	t.Parallel()
	for lead, want := range map[int]int{0: 0, 1: 1, 28: 1, 29: 2, 59: 2, 60: 3, 400: 3} {
		p, team := planned(3, Team{Hiring: staffing.Hiring{Lead: time.Duration(lead) * day}})
		if got := p.Earliest(team); got != want {
			t.Errorf("with a lead of %d days the earliest month is %d, not %d", lead, got, want)
		}
	}
	p, team := planned(3, Team{Hiring: staffing.Hiring{Lead: 28 * day}})
	if got := p.Ask(team, 2).String(); got != "2027-03-04" {
		t.Errorf("for April they must be asked for by %s", got)
	}
}

// Hours are split such that nobody who could help a busier team is less busy.
func TestWorkIsSplitAsEvenlyAsSkillsAllow(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		groups   []shares
		capacity []float64
		want     []float64
	}{
		{[]shares{{[]int{0, 1}, 30}}, []float64{10, 20}, []float64{10, 20}},
		{[]shares{{[]int{0}, 20}, {[]int{0, 1}, 10}}, []float64{10, 10}, []float64{20, 10}},
		{[]shares{{[]int{0}, 5}, {[]int{1}, 1}, {[]int{0, 1}, 6}}, []float64{10, 10}, []float64{6, 6}},
		// A chain: the outer teams meet in the middle one.
		{[]shares{{[]int{0, 1}, 30}, {[]int{1, 2}, 0}, {[]int{2}, 3}}, []float64{10, 10, 10}, []float64{15, 15, 3}},
		{[]shares{{[]int{0, 1}, 30}, {[]int{1, 2}, 30}}, []float64{10, 10, 10}, []float64{20, 20, 20}},
	} {
		got := split(row.groups, row.capacity)
		for i := range got {
			near(t, "the hours of a team", got[i], row.want[i], 1e-6)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		capacity := []float64{1, 2, 3, 0.001}
		var groups []shares
		all := 0.
		for range rapid.IntRange(0, 5).Draw(t, "groups") {
			g := shares{hours: rapid.Float64Range(0, 100).Draw(t, "hours")}
			g.teams = append(g.teams, rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 1, 4, rapid.ID[int]).Draw(t, "teams")...)
			groups, all = append(groups, g), all+g.hours
		}
		sum := 0.
		for _, x := range split(groups, capacity) {
			sum += x
			if x < -1e-9 {
				t.Errorf("a team has %v hours", x)
			}
		}
		if math.Abs(sum-all) > 1e-6*(1+all) {
			t.Errorf("%v hours of %v are left", sum, all)
		}
	})
}
