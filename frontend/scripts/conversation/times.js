// Moments in the reader's own zone and language: what came over a socket was written for everybody.
export function settleTimes(root, zone) {
  const today = new Date();
  for (const time of root.querySelectorAll("time[data-moment]")) {
    const moment = new Date(time.dateTime);
    const language = document.documentElement.lang;
    const isRecent = today - moment < 20 * 3600 * 1000;
    const shape = isRecent ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
    time.textContent = new Intl.DateTimeFormat(language, { ...shape, timeZone: zone }).format(moment);
    time.title = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long", timeZone: zone }).format(moment);
  }
}
