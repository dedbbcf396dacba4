// Package jira reads exports of Jira Service Management: issues with their changelog and comments, as the search
// returns them with expand=changelog, and the SLA cycles of requests, within the fields of an issue or as
// /rest/servicedeskapi/request/KEY/sla returns them.
//
// The fields are those of developer.atlassian.com (Jira Cloud REST API, issue search and changelog; Jira Service
// Management REST API, request SLA).
//
// # What becomes what
//
//   - An issue goes by its key. Its first values are the old values of its first changes, else those it has now.
//   - A public comment (jsdPublic) of the reporter or a customer is a message, one of anybody else a reply;
//     an internal one is a note.
//   - Statuses are the desk's own: those that Jira Service Management brings along are known, further
//     ones of the category done are solved, those of the category to do are new; what others mean is asked.
//   - Times of cycles are taken from epochMillis, never from the friendly text, whose zone is not said.
//   - The export does not hold goals and calendars as such. They are read off the cycles: the goal of an
//     SLA for a priority is the one that most cycles have had. Where the time of breach is not the start and the goal,
//     the SLA pauses or counts on a calendar: hours are looked for, one span a day in the zone of the log, in which from the start of most
//     cycles to their time of breach as much time is open as their goal. What is found is told, and so is it if nothing is.
//   - Every cycle has a verdict: completed ones theirs, an ongoing one only if it is breached already.
package jira
