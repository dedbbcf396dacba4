package table

import (
	"encoding/csv"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// WriteCSV writes the table with a header line: numbers in full where a cell has
// one, words otherwise. Notes have no place in it.
func (t *Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write(t.Header()) // errors stick; see out.Error
	for r := range t.Rows {
		out.Write(t.Record(r))
	}
	out.Flush()
	return out.Error()
}

// Header are the names of the columns for machines: the head in lower case with its unit, late_share,
// and a number behind it where two would be called the same. A column of estimates has two more
// behind it, for the ends of their intervals.
func (t *Table) Header() []string {
	var names []string
	times := map[string]int{}
	for c, column := range t.Columns {
		unit := machineName(column.Unit)
		heads := []string{strings.TrimSuffix(machineName(column.Head), "_"+unit)} // "fee, GBP" says it already
		if t.estimates(c) {
			heads = append(heads, heads[0]+"_ci_low", heads[0]+"_ci_high")
		}
		for _, name := range heads {
			if column.Unit != "" && name != unit {
				name += "_" + unit
			}
			if times[name]++; times[name] > 1 {
				name += "_" + strconv.Itoa(times[name])
			}
			names = append(names, name)
		}
	}
	return names
}

// estimates reports whether any cell of a column has an interval.
func (t *Table) estimates(c int) bool {
	return slices.ContainsFunc(t.Rows, func(row []Cell) bool { return c < len(row) && row[c].Ends != nil })
}

// machineName keeps the letters and digits of a head, in lower case but for words in capitals such as
// currencies. What parts them becomes an underscore, so that nothing is left of a formula.
func machineName(head string) string {
	words := strings.FieldsFunc(format.Clean(head), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range words {
		if !capitals(word) {
			words[i] = strings.ToLower(word)
		}
	}
	if len(words) == 0 {
		return "name"
	}
	return strings.Join(words, "_")
}

// Entries is a row for machines, as long as the header: float64 where there is a finite number, else a
// string as it is, and nil where there is nothing.
func (t *Table) Entries(row int) []any {
	var out []any
	for c := range t.Columns {
		var cell Cell
		if c < len(t.Rows[row]) {
			cell = t.Rows[row][c]
		}
		switch x := finite(cell.Number); {
		case x != nil && c < len(t.Rows[row]):
			out = append(out, x)
		case cell.Text != "" && cell.Text != format.Missing:
			out = append(out, cell.Text)
		default:
			out = append(out, nil)
		}
		switch {
		case cell.Ends != nil:
			out = append(out, finite(cell.Ends[0]), finite(cell.Ends[1]))
		case t.estimates(c):
			out = append(out, nil, nil)
		}
	}
	return out
}

// finite is x, or nil if it is no number.
func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// capitals reports whether a word is an abbreviation, such as a currency.
func capitals(word string) bool {
	return utf8.RuneCountInString(word) > 1 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

// Record is a row of Entries as CSV has it.
func (t *Table) Record(row int) []string {
	var record []string
	for _, entry := range t.Entries(row) {
		switch x := entry.(type) {
		case float64:
			record = append(record, Number(x))
		case string:
			record = append(record, Safe(x))
		default:
			record = append(record, "")
		}
	}
	return record
}

// Number writes x for a machine: the shortest decimal that reads back as x, and
// nothing where there is no finite value. It has plain digits, as people and spreadsheets
// read them, unless it would take more than 21.
func Number(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	if x == 0 {
		return "0" // also for negative zero
	}
	if a := math.Abs(x); a >= 1e-9 && a < 1e21 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// digits are those of a number that has an interval beside it: far more than any interval leaves certain.
const digits = 6

// Rounded is Number with no more digits than carry information where an interval stands beside it.
// Digits before the decimal point are all kept.
func Rounded(x float64) string {
	if a := math.Abs(x); a >= 1e6 && a < 1e15 {
		return Number(math.Round(x))
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	if err != nil {
		return Number(x) // it is no number, or beyond the largest once it is rounded
	}
	return Number(short)
}

var number = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// formulas are the characters by which a spreadsheet takes a cell for a formula, or cuts it in two
// (OWASP, CSV Injection), with their full-width forms.
const formulas = "=+-@\t\r\n＝＋－＠"

// Safe makes a string from data fit for a cell of a spreadsheet: one that the
// program would take for a formula gets a leading apostrophe. Numbers, negative
// ones too, stay numbers. Control characters are replaced as in format.Clean.
func Safe(s string) string {
	clean := format.Clean(s)
	if formula(s) || formula(clean) {
		return "'" + clean
	}
	return clean
}

// SafeAll makes every string of a list Safe, in place.
func SafeAll(values []string) []string {
	for i, v := range values {
		values[i] = Safe(v)
	}
	return values
}

// UnitName is the name of a unit in a table for machines: money has its currency.
func UnitName(u outcome.Unit, currency string) string {
	if u == outcome.UnitMoney && currency != "" {
		return Safe(currency)
	}
	return Safe(string(u))
}

// formula reports whether a spreadsheet may run a cell: by its first character, or by the first after
// white space, which some skip.
func formula(s string) bool {
	for _, cell := range []string{s, strings.TrimLeftFunc(s, unicode.IsSpace)} {
		if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune(formulas, first) && !number.MatchString(s) {
			return true
		}
	}
	return false
}
