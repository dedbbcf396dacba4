// Package records reads what help desks export, one record at a time, whatever the shape of the
// file: a JSON array, an object with such arrays as interfaces return it page by page, JSON lines, or
// CSV; compressed or not.
//
// What a file holds is told by its content. A Shape says how the records of a table are known: by the
// name of the array that holds them, as in {"tickets": […]}, else by the fields that only
// they have together. A Set is the files of an export; it is read as often as its reader needs, in
// constant memory.
//
// Input is never trusted: a record that is none costs itself, a file that is cut off or damaged ends
// with a *ticketlog.Problem at its line and character, and a record may have at most MaxRecord bytes.
package records
