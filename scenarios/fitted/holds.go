package fitted

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// mostHeld is the largest share of touches that is written: at 100% no ticket would ever be solved.
const mostHeld = 0.98

// holds writes how tickets wait for third parties, and how long they are put aside.
func (d *scenario) holds(v *draft.Map, k *fit.Kind) {
	var list *draft.List
	for n, touch := range []work.Touched{work.FirstTouch, work.LaterTouch} {
		sum := 0.
		for _, x := range k.Holds {
			sum += held(&x, n)
		}
		for i := range k.Holds {
			x := &k.Holds[i]
			share := held(x, n)
			if x.Takes == nil || share < 0.5e-4 {
				continue
			}
			if list == nil {
				list = v.List("hold", "")
			}
			m := list.Map(heldBy(x)).OneLine()
			m.Set("for", map[bool]string{false: "third party", true: "the desk's next move"}[x.Aside], "")
			m.Set("share", percent(min(share, share*mostHeld/sum)), "")
			setLaw(m, "takes", x.Takes, "")
			m.Set("after", work.TouchedNames[touch], "")
			if x.Aside {
				m.Set("status", "open", "")
			}
			if (x.Aside || d.f.HoldsInHours) && !d.f.Hours.Always {
				m.Set("hours", d.f.Hours.Name, "")
			}
		}
	}
}

// held is the share of first or later touches that a hold follows.
func held(x *fit.Hold, n int) float64 {
	p := x.First
	if n > 0 {
		p = x.Later
	}
	if p.N == 0 || !(p.Value > 0) {
		return 0
	}
	return p.Value
}

// heldBy is the comment of a hold.
func heldBy(x *fit.Hold) string {
	what := "on hold"
	if x.Aside {
		what = "open, with nobody at it for an hour and more"
	}
	law := fmt.Sprintf("median %s, %s; %d ended", brief(x.Takes.Median.Value), span(x.Takes.Median.Low, x.Takes.Median.High, brief), x.Ended)
	if x.Pooled {
		law += fmt.Sprintf(", which are too few: the law is that of all kinds, of %d", x.Takes.N)
	}
	return what + "; " + law
}
