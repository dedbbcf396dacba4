// Package salesforce reads exports of Salesforce Service Cloud: Case, CaseHistory, CaseComment, EmailMessage,
// CaseMilestone, MilestoneType, Entitlement, BusinessHours, Holiday, User, Group and Account, as CSV of a data
// export or as queries return them.
//
// The fields are those of the object reference (developer.salesforce.com/docs/platform/object-reference).
//
// # What becomes what
//
//   - An ID has 15 characters, or 18 of which the last three only repeat the case of the others; both are the
//     same record, and go by the first 15.
//   - The first values of a case are the old values of its first changes (CaseHistory), else those it has now.
//   - Incoming e-mails and comments of nobody among the users are messages of the customer; outgoing e-mails and
//     published comments of users are replies; other comments are notes.
//   - Statuses are the desk's own. New, Working, Escalated, Waiting on Customer, On Hold and Closed are known,
//     others are asked; a case with IsClosed is closed with its ClosedDate.
//   - The entitlement of a case is its tier. Its milestones are the promises: TargetResponseInMins of a type and
//     an entitlement, by the priority of the case where they differ by it, on the business hours of the milestone. Most milestones
//     of a priority decide. A milestone is
//     a first reply or a resolution by the name of its type.
//   - Business hours from 00:00 to 00:00 are open all day; without a start and an end they are closed.
//   - IsViolated becomes a flag: at TargetDate if it is true, at CompletionDate if it is completed.
package salesforce
