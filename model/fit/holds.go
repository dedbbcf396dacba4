package fit

import (
	"github.com/headroom-sim/headroom/model/lives"
	"github.com/headroom-sim/headroom/model/survival"
)

// fewestHolds is how many holds of a kind have a law of their own.
const fewestHolds = 30

// holds fits how tickets of a kind are held.
func (h *history) holds(l *lives.Lives) []Hold {
	var list []Hold
	for i, then := range []int{lives.OnHold, lives.Aside} {
		if l.First[then]+l.Later[then] == 0 {
			continue
		}
		x := Hold{Aside: then == lives.Aside, Ended: len(l.Held[i].Exact)}
		x.First = h.share(l.First[then], lives.Total(l.First), "first touches")
		x.Later = h.share(l.Later[then], lives.Total(l.Later), "later touches")
		sample := &l.Held[i]
		if x.Pooled = x.Ended < fewestHolds && len(h.all.Held[i].Exact) > x.Ended; x.Pooled {
			sample = &h.all.Held[i]
		}
		x.Takes = h.law(sample)
		list = append(list, x)
	}
	return list
}

// pool puts together what is known of all kinds.
func pool(all []*lives.Lives) *lives.Lives {
	out := &lives.Lives{}
	for _, l := range all {
		for i := range l.Held {
			add(&out.Held[i], &l.Held[i])
		}
		add(&out.Answer.Came, &l.Answer.Came)
		out.Answer.Never += l.Answer.Never
	}
	return out
}

func add(to, from *survival.Sample) {
	to.Exact, to.Censored, to.Zero = append(to.Exact, from.Exact...), append(to.Censored, from.Censored...), to.Zero+from.Zero
	to.Late = append(to.Late, from.Late...)
}
