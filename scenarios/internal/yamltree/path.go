package yamltree

import "strings"

// SplitPath takes a path apart: teams.front.shifts[early].heads and
// teams.front.shifts.early.heads are the same five segments.
func SplitPath(path string) []string {
	path = strings.ReplaceAll(path, "[", ".")
	path = strings.ReplaceAll(path, "]", "")
	return strings.Split(path, ".")
}
