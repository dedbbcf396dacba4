package ticketlog

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// formulas are the characters that make a spreadsheet run a cell as a formula, or
// cut it in two (OWASP, CSV Injection): the ASCII signs, the white space that some
// programs skip before them, and their full-width forms.
const formulas = "=+-@\t\r\n＝＋－＠"

// dangerous reports whether a spreadsheet might run the cell.
func dangerous(cell []byte) bool {
	r, _ := utf8.DecodeRune(cell)
	return len(cell) > 0 && strings.ContainsRune(formulas, r)
}

// shielded reports whether the cell is an apostrophe before something that needs
// it: a dangerous cell, or one that is itself shielded or might be taken for it.
// An apostrophe before anything else, as in 'tis, is a letter of the word.
func shielded(cell []byte) bool {
	return len(cell) > 1 && cell[0] == '\'' && (cell[1] == '\'' || dangerous(cell[1:]))
}

// bare takes a shield away.
func bare(cell []byte) []byte {
	if shielded(cell) {
		return cell[1:]
	}
	return cell
}

// appendCell appends the cell as it stands in a file: shielded where a spreadsheet
// would run it or where bare would take an apostrophe away, and quoted where CSV needs it.
func appendCell(buf []byte, cell string) []byte {
	if harmless(cell) {
		return append(buf, cell...)
	}
	raw := []byte(cell)
	shield := dangerous(raw) || shielded(raw)
	if !strings.ContainsAny(cell, ",\"\r\n") {
		if shield {
			buf = append(buf, '\'')
		}
		return append(buf, cell...)
	}
	buf = append(buf, '"')
	if shield {
		buf = append(buf, '\'')
	}
	buf = append(buf, bytes.ReplaceAll(raw, []byte(`"`), []byte(`""`))...)
	return append(buf, '"')
}

// harmless reports whether a cell is nothing but ASCII letters, digits and spaces, and no more: most are, and they
// can be written as they are.
func harmless(cell string) bool {
	for i := range len(cell) {
		c := cell[i]
		if c|0x20 < 'a' || c|0x20 > 'z' {
			if (c < '0' || c > '9') && c != ' ' {
				return false
			}
		}
	}
	return true
}
