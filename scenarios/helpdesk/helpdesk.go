// Package helpdesk lists the help desks whose exports can be imported, and recognises an export by its
// content. Each help desk has a package of its own, which says in its documentation what becomes what.
//
// # Speed and size
//
// What a second of a processor is worth differs by machine, so that BenchmarkImport measures each import by turns with something
// known. JSON is imported 1.2 to 2.6 times as fast as encoding/json decodes no more than the needed fields of the same records; nothing is
// sorted, checked or written then. A table takes 5 to 8 times as long as encoding/csv needs to read the rows and throw them away. A
// program for one export alone, written by hand, which keeps all in memory, checks nothing and writes the same number of lines, is 2.3
// (Zendesk's JSON) to 2.7 times (its tables) as fast as the import.
//
// Rows per second of a processor, of tickets with four changes each, on a virtual machine of 2 GHz on which the limit of M/M/1 by
// headroom bench is 9.3 million customers a second:
//
//	Zendesk, tables     355,000    1/8.1 of encoding/csv, 0.37 of the program by hand
//	Zendesk, JSON       274,000    1.7 of encoding/json, 0.43 of the program by hand
//	  with long texts   143,000    2.6 (170 MB/s)
//	Freshdesk, JSON     261,000    1.2
//	Jira, JSON          301,000    2.2
//	ServiceNow, tables  293,000    1/6.5 of encoding/csv
//	ServiceNow, JSON    229,000    1.5 of encoding/json
//	Salesforce, tables  367,000    1/5.4 of encoding/csv
//
// Memory does not grow with the rows. Ten million rows in one import (BenchmarkTenMillionRows) take 28 MiB and 1.1 GiB of the
// temporary folder as Zendesk's tables (283,000 rows per second of a processor), 21 MiB and 1.0 GiB as its JSON (243,000). A gigabyte of JSON
// (BenchmarkGigabyte) takes 21 MiB with Zendesk's long texts, and 37 MiB as 1.05 million issues of Jira. An export that breaks off in the
// middle is refused with the file, the line and the character at which it does, and nothing is written: half a gigabyte in 4 to 20 MiB,
// packed or not (TestHalfAGigabyteIsRefusedAtItsEnd). Of a table nobody can see
// for certain that its last cell was cut: a last row without a line end is told.
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
