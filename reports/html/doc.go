// Package html sets a report as one self-contained page: a single file that opens offline, from any
// folder, in any browser, and fetches nothing.
//
// The stance: the page is a document first. Its sentences, tables and heat maps are plain HTML that
// can be read, searched, copied and printed without a script, and a screen reader meets them in
// order. Charts over time are drawn by a script from numbers that lie in the page; behind each
// stands a table of the same numbers. Colour never says anything alone: lines differ in their
// dashes too and every cell of a heat map bears its number.
//
// A strict Content-Security-Policy names the page's own scripts and style by their hashes and
// forbids everything else, so that not even a name that got past the escaping could run or send
// anything. Numbers come written by package format, those in charts too: the script groups digits
// and rounds nothing.
//
// What is on a page, the caller decides; this package knows no measure. Its chart library is uPlot
// (Leon Sorokin, MIT), embedded with its licence, which every page bears too.
package html
