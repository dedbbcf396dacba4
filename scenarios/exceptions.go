package scenarios

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// exceptions reads the dated records of when promises count differently.
func (d *Decoder_promises) exceptions(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("exception", listNames["exceptions"]...) {
		d.out.Exceptions = append(d.out.Exceptions, d.exception(e))
	}
}

func (d *Decoder_promises) exception(e yamltree.Entry) model.Exception {
	x := model.Exception{Name: e.Key}
	s := d.section(e.Value, "exceptions.*")
	if v := s.take("name"); v.Exists() {
		goodName(v)
	} else {
		s.assumed("name", e.Key)
	}
	if v := s.need("reason", "such as reason: outage of the provider"); v.Exists() {
		x.Reason, _ = v.Text("a line of text")
	}
	if v := s.need("approved_by", "an exception that nobody has approved is none: write approved_by: J. Doe"); v.Exists() {
		x.ApprovedBy, _ = v.Text("the name of a person")
	}
	x.From = d.since(s.need("from", "write from: 2026-11-20 10:00"))
	x.Until = d.since(s.need("until", "write until: 2026-11-20 16:00"))
	x.Match = d.match(s.take("match"), "exceptions.*.match")
	do, _ := choice(s.take("do"), model.ExceptionEffectNames())
	x.Do = model.ExceptionEffect(do)
	switch by := s.take("by"); {
	case x.Do == model.Relax && !by.Exists():
		by.Failf("write by: x2", "by is missing: how much longer do the targets become?")
	case x.Do != model.Relax && by.Exists():
		by.Failf("write do: relax", "by is for exceptions that relax")
	case by.Exists():
		x.By, _ = factor(by)
	}
	s.close()
	return x
}
