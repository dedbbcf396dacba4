package scenarios

import (
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// scores reads how good the touches of a team are.
func (d *Decoder_desk) scores(v yamltree.Value) (q staffing.Quality) {
	if !v.Exists() {
		return q
	}
	s := d.section(v, "teams.*.quality")
	if v := s.need("mean", "write mean: 92%"); v.Exists() {
		q.Mean, _ = scalar.Percent(v, 0, 1)
	}
	q.SD, _ = scalar.Percent(s.take("sd"), 0, 1)
	s.close()
	return q
}

// quality reads what is promised about quality scores.
func (d *Decoder_desk) quality(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	q := &d.out.Quality
	s := d.section(v, "quality")
	if v := s.need("at_least", "write at_least: 90%"); v.Exists() {
		q.AtLeast, _ = scalar.Percent(v, 0.01, 1)
	}
	q.Sample, _ = scalar.Percent(s.take("sample"), 0, 1)
	period, _ := choice(s.take("per"), contract.PeriodNames())
	q.Period = contract.Period(period)
	s.close()
}
