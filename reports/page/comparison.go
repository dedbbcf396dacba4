package page

import (
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/html"
)

// mostScenarios is how many scenarios a page shows in full; a page of more has their verdicts and
// the comparison.
const mostScenarios = 4

// Comparison writes the page of a comparison and of the outcomes that it compares, in its order.
func Comparison(w io.Writer, c *outcome.Comparison, xs []*outcome.Experiment) error {
	if len(xs) != len(c.Scenarios) {
		return fmt.Errorf("a comparison of %d scenarios with %d outcomes", len(c.Scenarios), len(xs))
	}
	parts := comparison.Parts(c)
	p := &html.Page{
		Title: parts.Title, Head: parts.Head,
		Verdicts: []html.Verdict{{Name: "Difference", Sentence: parts.Verdict, Doubts: parts.Doubts}},
	}
	text := "Differences are taken customer by customer, with their intervals; " + format.Same + " is no difference that the replications can tell. Below, charts have a line for each scenario; a click on its name hides it. "
	if len(xs) > mostScenarios {
		text += "The scenarios are too many to be shown one by one here: each has a page of its own when it is run alone."
	} else {
		text += "What is a scenario's own is folded below its name, and printed with the rest."
	}
	compared := html.Section{Title: "Scenarios compared", Text: text}
	for _, picture := range comparison.Pictures(c) {
		if d, ok := picture.Chart.(chart.Differences); ok {
			compared.Blocks = append(compared.Blocks, differences(picture.Title, d))
		}
	}
	compared.Blocks = append(compared.Blocks, html.Table{Table: comparison.Headlines(c)})
	all := html.Fold{Name: "All measures compared"}
	for _, t := range parts.Tables {
		all.Blocks = append(all.Blocks, html.Table{Table: t.Table})
	}
	compared.Blocks = append(compared.Blocks, all)
	p.Sections = []html.Section{compared}
	var views []view
	for i, x := range xs {
		v := newView(x)
		v.name = c.Scenarios[i]
		p.Verdicts = append(p.Verdicts, html.Verdict{Name: c.Scenarios[i], Sentence: v.parts.Verdict, Doubts: v.parts.Doubts})
		p.Birth = append(p.Birth, born(x)...)
		views = append(views, v)
	}
	for _, ch := range chapters {
		p.Sections = append(p.Sections, ch.compare(c, views))
	}
	return html.Write(w, p)
}

// compare is a chapter of several scenarios: what they share is drawn once, and what is a scenario's own is folded.
func (ch *chapter) compare(c *outcome.Comparison, views []view) html.Section {
	s := html.Section{Title: ch.title, Text: ch.text}
	if ch.together != nil {
		s.Blocks = ch.together(c, views)
	}
	if len(views) > mostScenarios {
		return s
	}
	for i := range views {
		if own := ch.fill(&views[i]); len(own) > 0 {
			s.Blocks = append(s.Blocks, html.Fold{Name: views[i].name, Blocks: own})
		}
	}
	return s
}

// differences are a picture of paired differences as one of the page.
func differences(title string, d chart.Differences) *html.Differences {
	set := &html.Differences{Title: title, Caption: caption(d.Text)}
	for _, group := range d.Groups {
		c := html.Contrast{Name: group.Name}
		for _, r := range group.Rows {
			c.Rows = append(c.Rows, html.Change{Name: r.Name, Value: r.Value, Low: r.Low, High: r.High, Text: r.Text})
		}
		set.Groups = append(set.Groups, c)
	}
	return set
}

// beside are the paired differences of the measure that some lines are about, to stand below them; none where it
// is not compared.
func beside(c *outcome.Comparison, title, name string, l outcome.Labels) []html.Block {
	for i := range c.Rows {
		row := &c.Rows[i]
		if row.Name != name || row.Labels != l {
			continue
		}
		p, some := gallery.Differences(c, []*outcome.ComparisonRow{row}, (*outcome.ComparisonRow).Describe, func(title, _ string, _ outcome.Labels) chart.Text {
			return chart.Text{Title: title, Caption: "Paired differences over the whole measured time, read as those above."}
		})
		if d, ok := p.Chart.(chart.Differences); some && ok {
			for k := range d.Groups {
				d.Groups[k].Name = "" // it is the title
			}
			return []html.Block{differences(title+", against "+format.Clean(c.Base), d)}
		}
	}
	return nil
}
