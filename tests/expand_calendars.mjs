// Expands iCalendar files by a library that shares nothing with ours (npm's ical.js).
// Standard input: a list of {calendar, until, count}. Output: of each, a list of [start, end] in seconds
// since 1970, of the first `count` occurrences that start before `until`.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function expanded({ calendar, until, count }) {
  const component = new ICAL.Component(ICAL.parse(calendar));
  const event = new ICAL.Event(component.getFirstSubcomponent("vevent"));
  const occurrences = event.iterator();
  const found = [];
  for (let start = occurrences.next(); start && found.length < count; start = occurrences.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(start);
    if (startDate.toUnixTime() >= until) break;
    found.push([startDate.toUnixTime(), endDate.toUnixTime()]);
  }
  return found;
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(expanded)));
