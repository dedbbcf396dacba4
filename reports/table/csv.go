package table

import (
	"encoding/csv"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/reports/format"
)

// WriteCSV writes the table with a header line: numbers in full where a cell has
// one, words otherwise. Notes have no place in it.
func (t *Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	record := make([]string, len(t.Columns))
	for c, column := range t.Columns {
		record[c] = Safe(column.Head)
		if column.Unit != "" {
			record[c] += "_" + format.Clean(column.Unit)
		}
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for c := range record {
			record[c] = ""
			if c >= len(row) {
				continue
			}
			record[c] = Number(row[c].Number)
			if record[c] == "" && row[c].Text != format.Missing {
				record[c] = Safe(row[c].Text)
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Number writes x for a machine: the shortest decimal that reads back as x, and
// nothing where there is no finite value.
func Number(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	if x == 0 {
		return "0" // also for negative zero
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

var number = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// Safe makes a string from data fit for a cell of a spreadsheet: one that the
// program would take for a formula gets a leading apostrophe. Numbers, negative
// ones too, stay numbers. Control characters are replaced as in format.Clean.
func Safe(s string) string {
	// The start is judged before cleaning: a tab or line end at the start, which
	// some programs skip, becomes a space and then hides what follows.
	first, _ := utf8.DecodeRuneInString(s)
	risky := strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && s != ""
	s = format.Clean(s)
	if risky && !number.MatchString(s) {
		return "'" + s
	}
	return s
}
