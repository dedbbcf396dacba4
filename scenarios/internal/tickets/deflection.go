package tickets

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Deflection reads what customers meet before the desk.
func (d *Decoder) Deflection(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("deflection", language.ListNames["deflection"]...) {
		d.Out.Deflection = append(d.Out.Deflection, d.bot(e))
	}
}

func (d *Decoder) bot(e yamltree.Entry) model.Deflection {
	b := model.Deflection{Name: e.Key}
	s := d.Section(e.Value, "deflection.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	b.Match = d.Match(s.Key("match"), "deflection.*.match")
	b.Calendar, _ = d.Known.Calendars.Find(s.Key("hours"))
	if v := s.Key("switch"); v.Exists() {
		b.Switch, b.To = d.Switches(v)
		b.Contains, _ = scalar.Percent(s.Key("contains"), 0, 1)
	} else if v := s.Need("contains", "write contains: 35%"); v.Exists() {
		b.Contains, _ = scalar.Percent(v, 0, 1)
	}
	b.Handle, _ = scalar.Distribution(s.Key("handle"))
	b.Wrong, _ = scalar.Percent(s.Key("wrong"), 0, 1)
	b.Back, _ = scalar.Distribution(s.Key("back_after"))
	if v := s.Key("cost"); v.Exists() {
		m, _ := d.MoneyPer(v, "contact")
		b.Cost = m.Float()
	}
	b.Replays = scope.Truth(s.Key("replays"))
	s.Done()
	return b
}
