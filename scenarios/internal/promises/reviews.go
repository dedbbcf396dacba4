package promises

import (
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// point reads where a rung stands: at a point of a promise, or "3 breaches of
// first_reply in 7d".
func (d *Decoder) point(v yamltree.Value) (sla.Mark, sla.Metric, model.Repeat) {
	const breaches, in = " breaches of ", " in "
	head, tail, repeated := strings.Cut(v.Node.Text, breaches)
	if !repeated {
		at, m := mark(v)
		return at, m, model.Repeat{}
	}
	// What cannot be read is reported, and leaves a review that nothing else complains of.
	p := model.Repeat{Breaches: 2, Within: scalar.Day}
	if n, ok := scalar.Count(v.Within(0, len(head)).WithText(strings.TrimSpace(head)), 2, 1000); ok {
		p.Breaches = n
	}
	word, within, both := strings.Cut(tail, in)
	if !both {
		v.Failf("write such as 3 breaches of first_reply in 7d", "%q does not say in which time the breaches happen", scalar.Clip(v.Node.Text))
		return sla.Mark{}, 0, p
	}
	at := len(head) + len(breaches)
	metric, _ := scope.Choice(v.Within(at, len(word)).WithText(strings.TrimSpace(word)), sla.MetricNames())
	if t, ok := scalar.PositiveDuration(v.Within(at+len(word)+len(in), len(within)).WithText(within)); ok {
		p.Within = t
	}
	return sla.Mark{}, sla.Metric(metric), p
}

// subject reads what a review is about.
func (d *Decoder) subject(v yamltree.Value, r *model.Rung) {
	switch {
	case !v.Exists():
	case r.Repeat.Breaches == 0:
		v.Failf("such as at: 3 breaches of first_reply in 7d", "by is for reviews of repeated breaches")
	default:
		i, _ := scope.Choice(v, model.SubjectNames())
		r.Repeat.By = model.Subject(i)
	}
}
