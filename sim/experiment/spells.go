package experiment

import (
	"time"

	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/spell"
	"github.com/headroom-sim/headroom/sim/causes"
)

// spells says whether late clocks come together, and what would have warned of it.
func (a *account) spells(x *breach.Report) {
	if !(x.Rate.Value > 0 && x.Rate.Value < 1) {
		return
	}
	weeks := (a.s.Time.Length - a.s.Time.Warmup).Hours() / (7 * 24)
	troubles := make([][]spell.Trouble, a.n)
	in, lengths, scatter, hours := make([]float64, a.n), []float64(nil), make([]float64, a.n), make([]float64, a.n)
	var whose []int // of lengths
	for r := range a.n {
		book := a.books[r][0]
		var long []float64
		var late int64
		troubles[r], long, late = book.Troubles(x.Rate.Value)
		in[r] = float64(late)
		for _, h := range long {
			lengths, whose = append(lengths, h), append(whose, r/a.set)
		}
		var n int
		scatter[r], n = spell.Scatter(book.Hours, x.Rate.Value)
		hours[r] = float64(n)
	}
	number := a.column(func(r int) float64 { return float64(len(troubles[r])) })
	length := a.column(func(int) float64 { return weeks })
	x.Spells = breach.Spells{
		Number: len(lengths), Share: estimate.Ratio(estimate.Sets(in, a.set), a.base, Level), PerWeek: estimate.Ratio(number, length, Level),
		Hours:      estimate.QuantileInClusters(lengths, whose, 0.5, Level),
		Dispersion: estimate.Ratio(estimate.Sets(scatter, a.set), estimate.Sets(hours, a.set), Level),
	}
	if a.calm == nil {
		return
	}
	for _, sign := range signs {
		x.Indicators = append(x.Indicators, a.indicator(sign, troubles, number, length))
	}
}

// sign is something that a desk can see of itself.
type sign struct {
	name string
	of   func(p *causes.Pulse, window int) []float64
}

// signs are the indicators. Each looks back over spell.Smooth, and not ahead.
var signs = []sign{
	{"volume", func(p *causes.Pulse, n int) []float64 { return spell.Trailing(p.Volume, n) }},
	{"handling_time", func(p *causes.Pulse, n int) []float64 { return spell.Trailing(p.Handle, n) }},
	{"backlog_slope", func(p *causes.Pulse, n int) []float64 { return spell.Slope(p.Backlog, n) }},
	{"occupancy", func(p *causes.Pulse, n int) []float64 { return spell.Trailing(p.Occupancy, n) }},
}

// indicator says how well a sign warns of the spells of each replication.
func (a *account) indicator(s sign, troubles [][]spell.Trouble, number, weeks []float64) breach.Indicator {
	interval := a.s.Time.Interval
	window := max(1, int(spell.Smooth/interval))
	skip := int((a.s.Time.Warmup + interval - 1) / interval)
	usual := spell.NewUsual(int(7 * 24 * time.Hour / interval))
	for r := range a.n {
		usual.Add(s.of(a.pulses[r][1], window)[skip:], skip)
	}
	warned, vain := make([]float64, a.n), make([]float64, a.n)
	var leads []float64
	var whose []int
	for r := range a.n {
		alarms := usual.Alarms(s.of(a.pulses[r][0], window)[skip:], skip, time.Duration(skip+1)*interval, interval)
		for _, t := range troubles[r] {
			if lead, ok := spell.Lead(alarms, t); ok {
				warned[r]++
				leads, whose = append(leads, lead.Seconds()), append(whose, r/a.set)
			}
		}
		vain[r] = float64(spell.InVain(alarms, troubles[r]))
	}
	return breach.Indicator{
		Name: s.name, Warned: estimate.Ratio(estimate.Sets(warned, a.set), number, Level),
		LeadSeconds: estimate.QuantileInClusters(leads, whose, 0.5, Level), InVain: estimate.Ratio(estimate.Sets(vain, a.set), weeks, Level),
	}
}
