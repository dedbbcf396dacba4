package desk

import (
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// scores reads how good the touches of a team are.
func (d *Decoder) scores(v yamltree.Value) (q staffing.Quality) {
	if !v.Exists() {
		return q
	}
	s := d.Section(v, "teams.*.quality")
	if v := s.Need("mean", "write mean: 92%"); v.Exists() {
		q.Mean, _ = scalar.Percent(v, 0, 1)
	}
	q.SD, _ = scalar.Percent(s.Key("sd"), 0, 1)
	s.Done()
	return q
}

// Quality reads what is promised about quality scores.
func (d *Decoder) Quality(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	q := &d.Out.Quality
	s := d.Section(v, "quality")
	if v := s.Need("at_least", "write at_least: 90%"); v.Exists() {
		q.AtLeast, _ = scalar.Percent(v, 0.01, 1)
	}
	q.Sample, _ = scalar.Percent(s.Key("sample"), 0, 1)
	period, _ := scope.Choice(s.Key("per"), contract.PeriodNames())
	q.Period = contract.Period(period)
	s.Done()
}
