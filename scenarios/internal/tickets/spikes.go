package tickets

import (
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// spikeBook holds the spikes by name, and whether a stream lists them.
type spikeBook struct {
	scope.Words
	spikes []demand.Spike
	names  []yamltree.Value
	used   []bool
}

// Spikes reads the section spikes. A spike does nothing by itself: streams
// list those that apply to them.
func (d *Decoder) Spikes(v yamltree.Value) {
	d.spikes = spikeBook{Words: scope.Words{Noun: "spike", Plural: "spikes"}}
	for _, e := range v.Entries("a map from names to spikes") {
		if _, ok := d.spikes.Add(e.Name, scope.MostLarge); !ok {
			continue
		}
		d.spikes.spikes = append(d.spikes.spikes, d.spike(e))
		d.spikes.names = append(d.spikes.names, e.Name)
		d.spikes.used = append(d.spikes.used, false)
	}
}

func (d *Decoder) spike(e yamltree.Entry) demand.Spike {
	p := demand.Spike{Name: e.Key, Factor: 1}
	s := d.Section(e.Value, "spikes.*")
	if v := s.Need("factor", "write factor: 8"); v.Exists() {
		if x, ok := scalar.Number(v, 1, 1000); ok {
			p.Factor = x
		}
	}
	if v := s.Need("start", "write start: 2026-11-27 00:00"); v.Exists() {
		if at, ok := scalar.Moment(v, d.Zone); ok {
			p.Start = d.Axis.Since(at)
		}
	}
	p.Rise, _ = scalar.Duration(s.Key("rise"))
	hold := s.Need("hold", "write hold: 18h")
	if hold.Exists() {
		p.Hold, _ = scalar.Duration(hold)
	}
	p.Fall, _ = scalar.Duration(s.Key("fall"))
	p.Handle, _ = scalar.Percent(s.Key("handle"), -0.9, 10)
	d.spikeInTime(s, p)
	s.Done()
	return p
}

// spikeInTime reports a spike that nobody would see.
func (d *Decoder) spikeInTime(s scope.Section, p demand.Spike) {
	end := p.Start + p.Rise + p.Hold + p.Fall
	if p.Start >= d.Out.Time.Length || end <= 0 {
		s.Take("start").Failf("the simulation goes from "+d.Show(0)+" to "+d.Show(d.Out.Time.Length),
			"the spike lies outside the simulated time")
	}
}

// listed are the spikes that a stream lists.
func (d *Decoder) listed(v yamltree.Value) []demand.Spike {
	var out []demand.Spike
	chosen := map[int]bool{}
	for _, item := range v.Items() {
		i, ok := d.spikes.Find(item)
		if !ok {
			continue
		}
		if chosen[i] {
			item.Failf("", "the spike %s is listed twice", d.spikes.List[i])
			continue
		}
		chosen[i], d.spikes.used[i] = true, true
		out = append(out, d.spikes.spikes[i])
	}
	return out
}

// UnusedSpikes reports spikes that no stream lists: somebody thinks that they
// happen.
func (d *Decoder) UnusedSpikes() {
	for i, used := range d.spikes.used {
		if !used {
			d.spikes.names[i].Failf("write spikes: ["+d.spikes.List[i]+"] in each stream that it multiplies", "no stream lists the spike %s", d.spikes.List[i])
		}
	}
}
