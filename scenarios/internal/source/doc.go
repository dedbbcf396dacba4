// Package source finds and opens the files that scenarios name: other scenarios, shipped or on the
// disk, and histories, each of which is read once.
package source
