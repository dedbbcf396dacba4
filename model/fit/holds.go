package fit

import (
	"github.com/headroom-sim/headroom/model/survival"
)

// fewestHolds is how many holds of a kind have a law of their own.
const fewestHolds = 30

// holds fits how tickets of a kind are held.
func (h *history) holds(l *lives) []Hold {
	var list []Hold
	for i, then := range []int{onHold, aside} {
		if l.first[then]+l.later[then] == 0 {
			continue
		}
		x := Hold{Aside: then == aside, Ended: len(l.held[i].Exact)}
		x.First = h.share(l.first[then], total(l.first), "first touches")
		x.Later = h.share(l.later[then], total(l.later), "later touches")
		sample := &l.held[i]
		if x.Pooled = x.Ended < fewestHolds && len(h.all.held[i].Exact) > x.Ended; x.Pooled {
			sample = &h.all.held[i]
		}
		x.Takes = h.law(sample)
		list = append(list, x)
	}
	return list
}

func total(counts [outcomes]int) (n int) {
	for _, x := range counts {
		n += x
	}
	return n
}

// pool puts together what is known of all kinds.
func pool(all []*lives) *lives {
	out := &lives{}
	for _, l := range all {
		for i := range l.held {
			add(&out.held[i], &l.held[i])
		}
		add(&out.answer.Came, &l.answer.Came)
		out.answer.Never += l.answer.Never
	}
	return out
}

func add(to, from *survival.Sample) {
	to.Exact, to.Censored, to.Zero = append(to.Exact, from.Exact...), append(to.Censored, from.Censored...), to.Zero+from.Zero
	to.Late = append(to.Late, from.Late...)
}
