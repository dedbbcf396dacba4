package drift

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/headroom-sim/headroom/model/counts"
	"github.com/headroom-sim/headroom/model/estimate"
)

// What makes a mix one that changes: so rare would its weeks be if it did not. What a part must have in a week to be looked at by
// itself, in the mean, and how many tickets say anything of a week. And the most that a share is thought to move by in a week,
// in logits, as a standard deviation: within a month a kind may come or go.
const (
	mixChance    = 0.001
	fewestOfPart = 5
	fewestOfWeek = 30
	widestMix    = 1
)

// Mix is how tickets are made up of some parts where that changes from week to week.
type Mix struct {
	P    float64             // the probability that weeks of one mix would differ as much
	Over []float64           // the share of each part in the whole history
	Now  []estimate.Estimate // the share of each part at the end of the last week; N counts all tickets

	group  []int // of each part: that of a level; rare parts are one group
	levels []level
}

// level is how the share of a group wanders: in logits away from its usual one.
type level struct {
	*counts.Level
	usual, now float64
}

// MixOf is how the tickets of days are made up, the last day at the end; each day has the tickets of all parts. It is nil where nothing
// speaks against one mix for all weeks: the chi-squared test of homogeneity, its statistic in units of how much more
// than by chance the days within a week differ (McCullagh and Nelder 1989, section 4.5), so that what comes in bursts is not taken for a
// change. Where the mix changes, the share of each part is a random walk in logits; see counts.Level. The level is that of intervals.
func MixOf(daily [][]float64, confidence float64) *Mix {
	weeks := len(daily) / 7
	if weeks < counts.FewestWeeks {
		return nil
	}
	daily = daily[len(daily)-7*weeks:]
	m := &Mix{Over: shares(daily)}
	t := m.grouped(daily)
	if len(t.over) < 2 {
		return nil
	}
	if m.P = t.homogeneous(); m.P >= mixChance {
		return nil
	}
	z := mathext.NormalQuantile((1 + confidence) / 2)
	groups, sum := make([]estimate.Estimate, len(t.over)), 0.
	for g := range t.over {
		l := t.level(g)
		if l.Level == nil {
			return nil
		}
		m.levels = append(m.levels, l)
		_, sd := l.Now()
		groups[g] = estimate.Estimate{Value: expit(l.now), Low: expit(l.now - z*sd), High: expit(l.now + z*sd), Level: confidence, N: int(t.tickets)}
		sum += groups[g].Value
	}
	for part, g := range m.group {
		e := groups[g]
		within := m.Over[part] / t.over[g] / sum // a rare part has its share of all rare ones
		e.Value, e.Low, e.High = e.Value*within, e.Low*within, min(1, e.High*within)
		m.Now = append(m.Now, e)
	}
	return m
}

// Ahead draws by what the share of each part is multiplied in some weeks to come, in their mean.
func (m *Mix) Ahead(weeks int, uniform, normal func() float64) []float64 {
	by := make([]float64, len(m.levels))
	for g, l := range m.levels {
		mean := 0.
		for _, x := range l.Ahead(weeks, uniform(), normal) {
			mean += expit(l.usual+x) / float64(weeks)
		}
		by[g] = mean / expit(l.now)
	}
	out, sum := make([]float64, len(m.group)), 0.
	for part, g := range m.group {
		out[part] = by[g]
		sum += by[g] * m.Now[part].Value
	}
	for part := range out {
		out[part] /= sum
	}
	return out
}

func expit(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// shares are those of the parts in all days.
func shares(daily [][]float64) []float64 {
	out, sum := make([]float64, len(daily[0])), 0.
	for _, day := range daily {
		for part, x := range day {
			out[part] += x
			sum += x
		}
	}
	for part := range out {
		out[part] /= max(1, sum)
	}
	return out
}

// table is the tickets of days by group, in whole weeks.
type table struct {
	days    [][]float64
	over    []float64 // share of each group
	tickets float64
}

// grouped puts rare parts together.
func (m *Mix) grouped(daily [][]float64) *table {
	t := &table{}
	for _, day := range daily {
		for _, x := range day {
			t.tickets += x
		}
	}
	m.group = make([]int, len(m.Over))
	rest := -1
	for part, share := range m.Over {
		switch {
		case share == 0:
			continue // it has none of whatever group
		case share*t.tickets >= fewestOfPart*float64(len(daily)/7):
			m.group[part] = len(t.over)
			t.over = append(t.over, share)
			continue
		}
		if rest < 0 {
			rest = len(t.over)
			t.over = append(t.over, 0)
		}
		m.group[part] = rest
		t.over[rest] += share
	}
	for _, day := range daily {
		row := make([]float64, len(t.over))
		for part, x := range day {
			if x > 0 {
				row[m.group[part]] += x
			}
		}
		t.days = append(t.days, row)
	}
	return t
}

// week is the days of a week, and their sum by group and of all.
func (t *table) week(k int) (days [][]float64, sums []float64, all float64) {
	days, sums = t.days[7*k:7*k+7], make([]float64, len(t.over))
	for _, day := range days {
		for g, x := range day {
			sums[g] += x
			all += x
		}
	}
	return days, sums, all
}

func (t *table) weeks() int { return len(t.days) / 7 }

// homogeneous is the probability of weeks that differ as much if they have one mix.
func (t *table) homogeneous() float64 {
	between, within, df, dfWithin := 0., 0., 0., 0.
	for k := range t.weeks() {
		days, sums, all := t.week(k)
		if all == 0 {
			continue
		}
		df += float64(len(t.over) - 1)
		for g, x := range sums {
			e := all * t.over[g]
			if e > 0 {
				between += (x - e) * (x - e) / e
			}
		}
		x, d := excess(days, sums, all)
		within, dfWithin = within+x, dfWithin+d
	}
	df -= float64(len(t.over) - 1)
	if df <= 0 || dfWithin == 0 {
		return 1
	}
	phi := max(1, within/dfWithin)
	return mathext.GammaIncRegComp(df/2, between/phi/2)
}

// excess is Pearson's statistic of the days of a week about its mix, and its degrees of freedom.
func excess(days [][]float64, sums []float64, all float64) (x, df float64) {
	groups := -1.
	for _, s := range sums {
		if s > 0 {
			groups++
		}
	}
	for _, day := range days {
		n := 0.
		for _, y := range day {
			n += y
		}
		if n == 0 {
			continue
		}
		df += groups
		for g, y := range day {
			if e := n * sums[g] / all; e > 0 {
				x += (y - e) * (y - e) / e
			}
		}
	}
	return x, max(0, df-groups)
}

// level is how the share of a group wanders. Its noise is that of chance, as many times larger as the days within a week differ more
// than that.
func (t *table) level(g int) level {
	usual := math.Log(t.over[g] / (1 - t.over[g]))
	within, df := 0., 0.
	off, noise := make([]float64, t.weeks()), make([]float64, t.weeks())
	for k := range off {
		days, sums, all := t.week(k)
		off[k] = math.NaN()
		if all < fewestOfWeek {
			continue
		}
		with, without := sums[g]+0.5, all-sums[g]+0.5
		off[k], noise[k] = math.Log(with/without)-usual, 1/with+1/without
		two := make([][]float64, len(days)) // the group, and all others
		for i, day := range days {
			n := 0.
			for _, y := range day {
				n += y
			}
			two[i] = []float64{day[g], n - day[g]}
		}
		x, d := excess(two, []float64{sums[g], all - sums[g]}, all)
		within, df = within+x, df+d
	}
	if df > 0 {
		for k := range noise {
			noise[k] *= max(1, within/df)
		}
	}
	l := level{Level: counts.NewLevel(off, noise, widestMix), usual: usual}
	if l.Level != nil {
		mean, _ := l.Now()
		l.now = usual + mean
	}
	return l
}
