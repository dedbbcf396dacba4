package people_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/people"
	"github.com/headroom-sim/headroom/sim/rng"
)

const day = 24 * time.Hour

var (
	axis     = calendar.Axis{Origin: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)}
	everyDay = [7]bool{true, true, true, true, true, true, true}
)

// team has one shift of some heads.
func team(heads float64, change func(t *staffing.Team)) []staffing.Team {
	t := staffing.Team{Name: "front", Shifts: []staffing.Shift{{Name: "day", Heads: heads, Days: everyDay, From: 540, To: 1020}}}
	change(&t)
	return []staffing.Team{t}
}

// table is who is there, by person and day.
func table(teams []staffing.Team, persons, days int, key rng.Key) [][]people.Absence {
	trial := people.NewPlan(teams, axis, time.Duration(days)*day).NewTrial()
	trial.Reset(rng.Key{Seed: 99}) // which must leave nothing behind
	trial.Reset(key)
	out := make([][]people.Absence, persons)
	for k := range out {
		for d := range days {
			out[k] = append(out[k], trial.Of(0, int32(k), int32(d)))
		}
	}
	return out
}

func share(rows [][]people.Absence, of people.Absence) float64 {
	n, all := 0, 0
	for _, row := range rows {
		for _, a := range row {
			if all++; a == of {
				n++
			}
		}
	}
	return float64(n) / float64(all)
}

// In the long run the share of sick days is the stated one, whatever the spell, and a
// spell lasts as long as stated. The bounds are four standard errors.
func TestSicknessHasTheStatedShareAndSpell(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		share, spell, mean float64 // spells in days
		within             float64
	}{
		{0.06, 0, 1 / 0.94, 0.003},
		{0.06, 1, 1, 0.003},
		{0.06, 3, 3, 0.006},
		{0.3, 10, 10, 0.02},
	} {
		teams := team(200, func(t *staffing.Team) {
			t.Sickness = staffing.Sickness{Share: row.share, Spell: time.Duration(row.spell * float64(day))}
		})
		rows := table(teams, 200, 700, rng.Key{Seed: 1})
		if got := share(rows, people.Sick); math.Abs(got-row.share) > row.within {
			t.Errorf("share %v, spell %v: %v of the days are sick", row.share, row.spell, got)
		}
		spells, sick := 0, 0
		for _, r := range rows {
			for d := 1; d < len(r); d++ {
				if r[d] == people.Sick {
					if sick++; r[d-1] != people.Sick {
						spells++
					}
				}
			}
		}
		if got := float64(sick) / float64(spells); math.Abs(got-row.mean) > 0.1*row.mean {
			t.Errorf("share %v, spell %v: a spell has %v days", row.share, row.spell, got)
		}
	}
}

// One more head changes nothing for the others, nor does a longer horizon for the days
// before; another trial and another person do.
func TestWhoIsAwayIsTheSameUnderALargerRoster(t *testing.T) {
	t.Parallel()
	change := func(t *staffing.Team) {
		t.Sickness = staffing.Sickness{Share: 0.2, Spell: 2 * day}
		t.Hiring = staffing.Hiring{Attrition: 2, Replace: true, Lead: 14 * day}
	}
	small := table(team(20, change), 20, 200, rng.Key{Seed: 1})
	large := table(team(30, change), 30, 300, rng.Key{Seed: 1})
	other := table(team(20, change), 20, 200, rng.Key{Seed: 1, Replication: 1})
	differ := 0
	for k := range small {
		for d := range small[k] {
			if small[k][d] != large[k][d] {
				t.Fatalf("person %d on day %d: %d, with more heads %d", k, d, small[k][d], large[k][d])
			}
			if small[k][d] != other[k][d] {
				differ++
			}
		}
	}
	if differ < 200 {
		t.Errorf("another trial differs on %d days only", differ)
	}
	if same := 0; true {
		for d := range small[0] {
			if small[0][d] == small[1][d] {
				same++
			}
		}
		if same == len(small[0]) {
			t.Error("two people are away on the same days")
		}
	}
}

// Without chance it is a renewal process: a place is held for a geometric number of
// days and vacant for the lead time, so that the share of vacant days is known (Ross
// 1996, Stochastic Processes, theorem 3.4.4).
func TestVacanciesHaveTheShareOfARenewalProcess(t *testing.T) {
	t.Parallel()
	const rate, lead = 2.0, 56.0
	teams := team(300, func(t *staffing.Team) {
		t.Hiring = staffing.Hiring{Attrition: rate, Replace: true, Lead: lead * day}
	})
	stay := 1 / (math.Exp(rate/365) - 1)
	got := share(table(teams, 300, 3000, rng.Key{Seed: 5}), people.Vacant)
	if want := lead / (lead + stay); math.Abs(got-want) > 0.01 {
		t.Errorf("%v of the days are vacant, want %v", got, want)
	}
}

// Nobody comes for those who leave: after a year exp(-0.3) of them are still there.
func TestWhoIsNotReplacedIsMissed(t *testing.T) {
	t.Parallel()
	teams := team(4000, func(t *staffing.Team) { t.Hiring.Attrition = 0.3 })
	rows := table(teams, 4000, 366, rng.Key{Seed: 5})
	left := 0
	for _, r := range rows {
		for d := 1; d < len(r); d++ {
			if r[d-1] == people.Vacant && r[d] != people.Vacant {
				t.Fatal("somebody comes back")
			}
		}
		if r[365] == people.Vacant {
			left++
		}
	}
	if got, want := float64(left)/4000, 1-math.Exp(-0.3); math.Abs(got-want) > 0.03 {
		t.Errorf("%v have left after a year, want %v", got, want)
	}
}

func TestSinceIsTheFirstDayOfWhoHoldsThePlace(t *testing.T) {
	t.Parallel()
	teams := team(2, func(t *staffing.Team) {
		t.Ramp = staffing.Learning{{From: 0.6, To: 1, For: 42 * day}}
		t.Hiring = staffing.Hiring{Attrition: 5, Replace: true, Lead: 10 * day}
		t.Shifts[0].Hires = []staffing.Hire{{On: calendar.Date{Year: 2026, Month: 2, Day: 5}, Heads: 1}}
	})
	trial := people.NewPlan(teams, axis, 365*day).NewTrial()
	trial.Reset(rng.Key{Seed: 4})
	if since := trial.Since(0, 0, 0); since != people.Veteran {
		t.Errorf("who is there from the start came on day %d", since)
	}
	if a, b := trial.Of(0, 2, 32), trial.Of(0, 2, 33); a != people.NotYet || b == people.NotYet {
		t.Errorf("who is hired for 5 February is %d on the day before, %d on that day", a, b)
	}
	if since := trial.Since(0, 2, 33); since != 33 { // 31 days after the start, which is day 2
		t.Errorf("who is hired for 5 February is there since day %d", since)
	}
	came := 0
	for d := int32(1); d < 365; d++ {
		if trial.Of(0, 0, d-1) == people.Vacant && trial.Of(0, 0, d) != people.Vacant {
			if came++; trial.Since(0, 0, d) != d {
				t.Errorf("who comes on day %d is there since day %d", d, trial.Since(0, 0, d))
			}
		}
	}
	if came < 2 {
		t.Errorf("%d replacements", came)
	}
}

// Half of ten part-time people are there each day, in turns, and each of them half of
// the days; a third of ten are three or four.
func TestPartTimeIsARotation(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		part      float64
		low, high int
		weekdays  bool
	}{{0.5, 5, 5, false}, {0.5, 5, 5, true}, {1.0 / 3, 3, 4, false}, {0.8, 8, 8, true}} {
		s := staffing.Shift{Heads: 10, PartTime: row.part, Days: everyDay}
		if row.weekdays {
			s.Days[time.Saturday], s.Days[time.Sunday] = false, false
		}
		worked, days := make([]int, 10), 0
		for d := (calendar.Date{Year: 2026, Month: 1, Day: 5}); d.Compare(calendar.Date{Year: 2026, Month: 3, Day: 16}) < 0; d = d.AddDays(1) {
			if !s.Days[d.Weekday()] {
				continue
			}
			days++
			n := 0
			for k := range worked {
				if s.Works(k, d) {
					worked[k]++
					n++
				}
			}
			if n < row.low || n > row.high {
				t.Errorf("part %v: %d of ten are there on %v", row.part, n, d)
			}
		}
		for k, n := range worked {
			if math.Abs(float64(n)-row.part*float64(days)) > 1 {
				t.Errorf("part %v: person %d works on %d of %d days", row.part, k, n, days)
			}
		}
	}
}
