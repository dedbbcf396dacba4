package eventlog

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// candidates are the layouts that times may have, the likely ones first. Where day and month can be
// either way round, the sample decides, and says so.
var candidates = []string{
	time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006/01/02 15:04:05", "2006/01/02 15:04",
	"2/1/2006 15:04", "1/2/2006 15:04", "2/1/2006 15:04:05", "1/2/2006 15:04:05", "2.1.2006 15:04", "2.1.2006 15:04:05", "2-1-2006 15:04", "2-1-2006 15:04:05",
	"1/2/2006 3:04 PM", "1/2/2006 3:04:05 PM", "2-Jan-2006 15:04", "2 Jan 2006 15:04", "Jan 2, 2006 3:04 PM",
	unixSeconds, unixMillis,
}

// fits is the share of the known cells of a column that are times in a layout between 1990 and 2100.
func (g *guess) fits(i int, layout string) float64 {
	c := newClock([]string{layout}, time.UTC)
	good, all := 0, 0
	for _, row := range g.rows {
		if !known(row[i]) || row[i] == "0" {
			continue
		}
		all++
		if at, how := c.parse([]byte(row[i])); how == read && at.Year() >= 1990 && at.Year() < 2100 {
			good++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(good) / float64(all)
}

// findTimes finds the layout that fits the most columns, and these columns.
func (g *guess) findTimes() {
	best := 0.0
	for _, layout := range candidates {
		var columns []int
		score := 0.0
		for i := range g.columns {
			if f := g.fits(i, layout); f > 0.8 {
				columns = append(columns, i)
				score += f
			}
		}
		if score > best {
			best, g.layout, g.times = score, layout, columns
		}
	}
}

// writeTimes writes which columns hold which times, and how they are written.
func (g *guess) writeTimes() {
	isTime := func(i int) bool { return slices.Contains(g.times, i) }
	if g.many {
		at := g.find("at", atWords, isTime)
		if at < 0 && len(g.times) > 0 {
			at = g.times[0]
		}
		g.column("at", at, "")
	}
	opened := g.find("opened", openedWords, isTime)
	if opened >= 0 || !g.many {
		g.column("opened", opened, "")
	}
	if !g.many {
		for _, row := range timeMeanings {
			if i := g.find("", row.words, isTime); i >= 0 {
				g.used[i] = true
				g.doc.Map("times", "what happened when, by column").Set(g.columns[i], row.means, "")
			}
		}
	}
	if g.layout == "" {
		g.doc.Set("dates", "", `no column holds times that are known here: write how one would show 2 January 2006 15:04:05`)
		return
	}
	why := ""
	if other := g.swapped(); other != "" {
		why = fmt.Sprintf("day and month may be the other way round (%s): the sample does not tell", other)
	}
	g.doc.Set("dates", g.layout, why)
	switch c := newClock([]string{g.layout}, nil); {
	case c.zoned[0]:
	case g.zone != nil:
		g.doc.Set("zone", g.zone.String(), "as declared")
	default:
		g.doc.Set("zone", "", "these times name no zone: in which were they written? such as Europe/Berlin")
	}
}

// swapped is the layout with day and month the other way round, if it fits as well.
func (g *guess) swapped() string {
	var other string
	switch {
	case strings.HasPrefix(g.layout, "2/1/"):
		other = "1/2/" + g.layout[4:]
	case strings.HasPrefix(g.layout, "1/2/"):
		other = "2/1/" + g.layout[4:]
	default:
		return ""
	}
	for _, i := range g.times {
		if g.fits(i, other) < 1 {
			return ""
		}
	}
	return other
}

// Column is the column of a header that is called by one of some words, such as "interval start"; the
// first words go before the others, whole names before parts of them. It is -1 if there is none.
func Column(header, words []string) int {
	for _, whole := range []bool{true, false} {
		for _, word := range words {
			for i, name := range header {
				name = plain(name)
				if name == word || !whole && strings.Contains(" "+name+" ", " "+word+" ") {
					return i
				}
			}
		}
	}
	return -1
}

// LayoutOf is the layout in which all of some texts are times, and whether it needs a zone beside them. It
// is not ok if there is none, or if they would be other times with day and month the other way round.
func LayoutOf(texts []string) (layout string, zoned, ok bool) {
	g := &guess{sample: &sample{columns: []string{"at"}}, times: []int{0}}
	for _, text := range texts {
		g.rows = append(g.rows, []string{text})
	}
	for _, layout := range append([]string{"2006-01-02T15:04", time.DateOnly, "2/1/2006", "1/2/2006", "2.1.2006"}, candidates...) {
		if g.layout = layout; g.fits(0, layout) == 1 {
			return layout, newClock([]string{layout}, nil).zoned[0], g.swapped() == ""
		}
	}
	return "", false, false
}
