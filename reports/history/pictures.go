package history

import (
	"fmt"
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
)

// Picture is a chart with the name of its file, without an ending.
type Picture struct {
	Name  string
	Chart chart.Chart
}

// Pictures show at a glance whether to believe a fit: each law beside what was recorded, and
// the week of each stream.
func Pictures(f *fit.Fitted) []Picture {
	p := pictures{f: f, taken: map[string]bool{}}
	for i := range f.Streams {
		p.week(&f.Streams[i])
	}
	for i := range f.Channels {
		c := &f.Channels[i]
		p.law("patience", f.Names.Channels[c.Channel], "How long customers wait before they leave", "of contacts that have left", c.Patience)
	}
	for i := range f.Kinds {
		k := &f.Kinds[i]
		p.law("handle", k.Name, "Agent time of a touch", "of touches that have ended", k.Handle)
		for j := range k.Holds {
			switch x := &k.Holds[j]; {
			case x.Pooled:
			case x.Aside && p.f.Hours != nil && !p.f.Hours.Always:
				p.law("aside", k.Name, "How long tickets are put aside, in the hours of the desk", "of those that have been taken up again", x.Takes)
			case x.Aside:
				p.law("aside", k.Name, "How long tickets are put aside", "of those that have been taken up again", x.Takes)
			default:
				p.law("hold", k.Name, "How long tickets are on hold for third parties", "of holds that have ended", x.Takes)
			}
		}
		for j := range k.HandOffs {
			x := &k.HandOffs[j]
			p.law("hand-off", k.Name+" to "+f.Names.Teams[x.To], "Agent time of the team that tickets are handed off to", "of hand-offs that have come back", x.Handle)
		}
		p.law("resolve", k.Name, "Time to resolve", "of tickets that have been solved", k.Resolve)
		if k.Reply != nil && !k.Reply.Pooled {
			p.law("reply", k.Name, "How long customers take to answer, of those who do", "of answers that have come", k.Reply.After)
		}
	}
	return p.list
}

type pictures struct {
	f     *fit.Fitted
	list  []Picture
	taken map[string]bool
}

func (p *pictures) add(what, of string, c chart.Chart) {
	name := what + "-" + fileName(of)
	for n := 2; p.taken[name]; n++ {
		name = fmt.Sprintf("%s-%s-%d", what, fileName(of), n)
	}
	p.taken[name] = true
	p.list = append(p.list, Picture{name, c})
}

// fileName is a word of a log as a part of the name of a file.
func fileName(word string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, word)
	if len(clean) > 40 {
		clean = clean[:40]
	}
	return strings.Trim(clean, "-")
}

func (p *pictures) text(title, of, caption string) chart.Text {
	return chart.Text{Title: title, Subtitle: format.Clean(of), Caption: caption,
		Source: fmt.Sprintf("%s from %v to %v, %s", format.Plural(p.f.Tickets, "ticket", "tickets"), p.f.From, p.f.Until, p.f.Zone)}
}

// week is what part of a week's tickets each hour brings.
func (p *pictures) week(st *fit.Stream) {
	h := chart.HeatMap{Key: "of the peak"}
	peak := 0.
	for row := range h.Cells {
		w := (row + 1) % 7 // from Monday
		for hour := range h.Cells[row] {
			h.Cells[row][hour] = st.Days[w].Value / 7 * st.Cells[w][hour].Value / 24
			peak = max(peak, h.Cells[row][hour])
		}
	}
	for row := range h.Cells {
		for hour := range h.Cells[row] {
			h.Cells[row][hour] /= peak
		}
	}
	h.Text = p.text("When tickets come", st.Name, fmt.Sprintf("The busiest hour of a usual week brings %s of its %s at the end of the history. The cells are the other hours in per cent of it.",
		format.Plural(int(math.Round(st.Week.Value*peak)), "ticket", "tickets"), format.Count(st.Week.Value)))
	p.add("week", st.Name, h)
}

// law is how many have ended by any time, as recorded and as the law says.
func (p *pictures) law(what, of, title, share string, l *fit.Law) {
	if l == nil || l.Stated || l.Sample == nil || len(l.Sample.Exact) == 0 {
		return
	}
	recorded := chart.Steps{Name: "recorded (Kaplan–Meier)", Ink: chart.Blue}
	steps := survival.KaplanMeier(l.Sample, p.f.Level)
	if l.Scale > 0 { // of those who ever come
		for i := range steps {
			steps[i].Survives = max(0, 1-(1-steps[i].Survives)/l.Scale)
		}
	}
	for _, s := range thinned(steps) {
		recorded.Values = append(recorded.Values, s.Seconds)
		recorded.Shares = append(recorded.Shares, min(1, 1-s.Survives))
	}
	fitted := chart.Steps{Name: l.Family.String(), Ink: chart.Vermilion}
	for k := range 400 {
		share := (float64(k) + 0.5) / 400
		fitted.Values = append(fitted.Values, quantile(l.Dist, share))
		fitted.Shares = append(fitted.Shares, share)
	}
	p.add(what, of, chart.Cumulative{
		Text: p.text(title, of, Verdict(l)), Name: "share " + share, Head: strings.ToLower(title[:1]) + title[1:], Unit: outcome.UnitSeconds,
		Steps: []chart.Steps{recorded, fitted},
	})
}

// quantile is that of a law, within what has a place on an axis.
func quantile(d dist.Dist, share float64) float64 { return max(1e-3, min(d.Quantile(share), 1e10)) }

// thinned keeps at most some hundreds of steps.
func thinned(steps []survival.Step) []survival.Step {
	every := max(1, len(steps)/500)
	var kept []survival.Step
	for i := every - 1; i < len(steps); i += every {
		kept = append(kept, steps[i])
	}
	return kept
}

// Verdict says in a sentence how well a law fits.
func Verdict(l *fit.Law) string {
	if l.Family == survival.Constant {
		return fmt.Sprintf("Always the same: from %s to %s in %s.", format.Seconds(l.Mean.Low), format.Seconds(l.Mean.High), format.Plural(l.N, "observation", "observations"))
	}
	if l.Fit == nil || math.IsNaN(l.Fit.P) {
		return fmt.Sprintf("The %s law, the best of %d by BIC.", l.Family, len(l.Others)+1)
	}
	far := fmt.Sprintf("never more than %s off in %s", format.Percent(l.Fit.Distance), format.Plural(l.Fit.N, "observation", "observations"))
	switch {
	case l.Fit.P > 0.1:
		return fmt.Sprintf("The %s law fits: %s, as chance alone would have it (p %s).", l.Family, far, format.Decimal(l.Fit.P, 2))
	case l.Fit.Distance < 0.05:
		return fmt.Sprintf("The %s law is off by more than chance, but by little: %s (p %s).", l.Family, far, format.Decimal(l.Fit.P, 2))
	}
	return fmt.Sprintf("The %s law, the best of %d, does not fit well: up to %s off (p %s).", l.Family, len(l.Others)+1, format.Percent(l.Fit.Distance), format.Decimal(l.Fit.P, 2))
}
