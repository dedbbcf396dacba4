// Package eventlog imports event logs that say by a mapping which column holds what: CSV, lines of
// JSON, and XES, the format of process mining. It knows no help desk.
//
// A mapping is a small YAML file; those in the folder mappings are examples. There are three kinds of rows:
//
//   - tickets: a ticket has one row, with the times at which things happened to it;
//   - updates: every row says how a ticket stood from its time on;
//   - events: every row says that something happened, of which a word tells what.
//
// Only what is mapped is read. In rows of updates and events there are no times beside that of the
// row and of the opening: exports repeat final values, such as when a ticket will be closed, on every
// row, and a replay must not know them before their time. What a source says of its promises on every row, such as made_sla,
// is read for flags alone, with which an audit compares its own verdicts.
package eventlog
