package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
)

// relax reads a relaxation for every ticket: from when until when, and which targets
// become longer, by a factor or to a time.
func (p *script) relax(w *words) {
	x := sla.Relaxation{Name: w.next(), From: w.time(), Until: w.time()}
	n := len(p.s.Names.Priorities)
	for w.more() {
		key, value := w.option()
		metric, isMetric := sla.ParseMetric(key)
		factor, isFactor := strings.CutPrefix(value, "x")
		t := sla.Relaxed{Metric: metric, Within: make([]time.Duration, n), Factor: make([]float64, n)}
		switch {
		case key == "patience":
			x.Patience = float64(number(strings.TrimSuffix(value, "%"))) / 100
			continue
		case !isMetric:
			panic("unknown " + key)
		case isFactor:
			t.Factor = slices.Repeat([]float64{float64(number(factor))}, n)
		default:
			t.Within = slices.Repeat([]time.Duration{duration(value)}, n)
		}
		x.Targets = append(x.Targets, t)
	}
	p.s.SLA.Relaxations = append(p.s.SLA.Relaxations, x)
}

// review reads a rung for repeated breaches: its name and metric, how many breaches in
// which time, and of what. All tickets of a script are of one tier.
func (p *script) review(w *words) {
	r := model.Rung{Name: w.next()}
	metric, ok := sla.ParseMetric(w.next())
	if !ok {
		panic("no such metric")
	}
	r.Metric = metric
	r.Repeat = model.Repeat{Breaches: w.int(), Within: duration(w.next()), By: model.Subject(find(model.SubjectNames(), w.next()))}
	p.s.Escalations = append(p.s.Escalations, r)
	p.s.Names.Tiers = []string{"customer"}
}
