package comparison

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/table"
)

// csvFile is the name of the file of all numbers.
const csvFile = "comparison.csv"

func titleOf(c *outcome.Comparison) string { return "Comparison with " + c.Base }

// Markdown is reports.WriteMarkdown for a comparison.
func Markdown(w io.Writer, c *outcome.Comparison) error {
	return compared(c).WriteMarkdown(w, titleOf(c), nil)
}

// Parts are the parts of a comparison's report.
func Parts(c *outcome.Comparison) document.Parts {
	return compared(c).Split(titleOf(c))
}

// WriteFiles is reports.WriteFiles for a comparison: the charts, comparison.csv and report.md.
func WriteFiles(dir string, c *outcome.Comparison) ([]string, error) {
	f := document.Folder{Dir: dir}
	shown := f.Pictures(Pictures(c))
	f.Write(csvFile, func(w io.Writer) error { return CSV(w, c) })
	f.Report(compared(c), titleOf(c), shown)
	return f.Written, f.Err
}

// CSV writes a comparison as a tidy table: one line per measure and
// scenario. The base has no difference.
func CSV(w io.Writer, c *outcome.Comparison) error {
	out := csv.NewWriter(w)
	header := append([]string{"scenario", "base", "measure"}, outcome.LabelNames()...)
	out.Write(append(header, "unit", "value", "ci_low", "ci_high",
		"difference", "difference_low", "difference_high", "variance_ratio",
		"quotient", "quotient_low", "quotient_high", "level", "joint_level", "replications"))
	for i := range c.Rows {
		row := &c.Rows[i]
		for k, e := range row.Values {
			record := append([]string{table.Safe(c.Scenarios[k]), table.Safe(c.Base), table.Safe(row.Name)}, table.SafeAll(row.Labels.Values())...)
			record = append(record, table.UnitName(row.Unit, c.Currency), table.Number(e.Value), table.Number(e.Low), table.Number(e.High))
			if k == 0 {
				record = append(record, "", "", "", "", "", "", "")
			} else {
				d, q := row.Differences[k-1], row.Quotients[k-1]
				record = append(record, table.Number(d.Value), table.Number(d.Low), table.Number(d.High), table.Number(d.VarianceRatio),
					table.Number(q.Value), table.Number(q.Low), table.Number(q.High))
			}
			out.Write(append(record, table.Number(c.Level), table.Number(c.JointLevel), strconv.Itoa(e.N)))
		}
	}
	out.Flush()
	return out.Error()
}
