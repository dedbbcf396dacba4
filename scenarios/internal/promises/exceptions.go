package promises

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Exceptions reads the dated records of when promises count differently.
func (d *Decoder) Exceptions(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("exception", language.ListNames["exceptions"]...) {
		d.Out.Exceptions = append(d.Out.Exceptions, d.exception(e))
	}
}

func (d *Decoder) exception(e yamltree.Entry) model.Exception {
	x := model.Exception{Name: e.Key}
	s := d.Section(e.Value, "exceptions.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	if v := s.Need("reason", "such as reason: outage of the provider"); v.Exists() {
		x.Reason, _ = v.Text("a line of text")
	}
	if v := s.Need("approved_by", "an exception that nobody has approved is none: write approved_by: J. Doe"); v.Exists() {
		x.ApprovedBy, _ = v.Text("the name of a person")
	}
	x.From = d.Since(s.Need("from", "write from: 2026-11-20 10:00"))
	x.Until = d.Since(s.Need("until", "write until: 2026-11-20 16:00"))
	x.Match = d.Match(s.Key("match"), "exceptions.*.match")
	do, _ := scope.Choice(s.Key("do"), model.ExceptionEffectNames())
	x.Do = model.ExceptionEffect(do)
	switch by := s.Key("by"); {
	case x.Do == model.Relax && !by.Exists():
		by.Failf("write by: x2", "by is missing: how much longer do the targets become?")
	case x.Do != model.Relax && by.Exists():
		by.Failf("write do: relax", "by is for exceptions that relax")
	case by.Exists():
		x.By, _ = factor(by)
	}
	s.Done()
	return x
}
