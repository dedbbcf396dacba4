// Package helpdesk lists the help desks whose exports can be imported, and recognises an export by its
// content. Each help desk has a package of its own, which says in its documentation what becomes what.
package helpdesk

import (
	"slices"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/freshdesk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/jira"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/salesforce"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/servicenow"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/zendesk"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// vendor is a help desk and the tables of its exports.
type vendor struct {
	format intake.Format
	shapes []records.Shape
}

func vendors() []vendor {
	return []vendor{
		{zendesk.Format, zendesk.Shapes}, {servicenow.Format, servicenow.Shapes}, {jira.Format, jira.Shapes},
		{freshdesk.Format, freshdesk.Shapes}, {salesforce.Format, salesforce.Shapes},
	}
}

// Formats are the exports that can be read.
func Formats() []intake.Format {
	var list []intake.Format
	for _, v := range vendors() {
		list = append(list, v.format)
	}
	return list
}

// Recognise finds the help desk from which files come, by their first records: the one of whose
// tables most of the files are. It is false if there is none, or if several fit alike.
func Recognise(files []intake.Source) (intake.Format, bool) {
	var counts []int
	for _, v := range vendors() {
		counts = append(counts, records.Files(files, v.shapes).Recognised())
	}
	most := slices.Max(counts)
	first := slices.Index(counts, most)
	if most == 0 || slices.Contains(counts[first+1:], most) {
		return intake.Format{}, false
	}
	return vendors()[first].format, true
}
