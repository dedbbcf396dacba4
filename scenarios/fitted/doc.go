// Package fitted writes what a history says (package fit) as a scenario: YAML that the
// reader of package scenarios takes, every number with a comment that says where it comes from and
// how much stands behind it.
//
// The stance: the file is read by the person who must defend its numbers. So a number is written with
// as many digits as it deserves, next to its interval; what the log cannot tell is written
// as an assumption, in capitals; and names from the log are changed only where the language has
// no room for them.
package fitted
