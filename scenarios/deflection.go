package scenarios

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// deflection reads what customers meet before the desk.
func (d *Decoder_tickets) deflection(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("deflection", listNames["deflection"]...) {
		d.out.Deflection = append(d.out.Deflection, d.bot(e))
	}
}

func (d *Decoder_tickets) bot(e yamltree.Entry) model.Deflection {
	b := model.Deflection{Name: e.Key}
	s := d.section(e.Value, "deflection.*")
	if v := s.take("name"); v.Exists() {
		goodName(v)
	} else {
		s.assumed("name", e.Key)
	}
	b.Match = d.match(s.take("match"), "deflection.*.match")
	b.Calendar, _ = d.known.calendars.find(s.take("hours"))
	if v := s.need("contains", "write contains: 35%"); v.Exists() {
		b.Contains, _ = scalar.Percent(v, 0, 1)
	}
	b.Handle, _ = scalar.Distribution(s.take("handle"))
	b.Wrong, _ = scalar.Percent(s.take("wrong"), 0, 1)
	b.Back, _ = scalar.Distribution(s.take("back_after"))
	if v := s.take("cost"); v.Exists() {
		m, _ := d.moneyPer(v, "contact")
		b.Cost = m.Float()
	}
	b.Replays = truth(s.take("replays"))
	s.close()
	return b
}
