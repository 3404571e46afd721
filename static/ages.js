// "3 hours ago" beside the recent posts. Pages say the date, so that caches may keep them for ever.

const UNITS = [
  ["year", 31536000],
  ["month", 2592000],
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];
const WEEK = 604800;
let words; // made when a page has an age to tell: it takes a telephone 20 ms

function age(seconds) {
  words ??= new Intl.RelativeTimeFormat(document.documentElement.lang || "en");
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) || UNITS.at(-1);
  return words.format(-Math.max(1, Math.floor(seconds / size)), unit);
}

function tell(time) {
  const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
  // Elsewhere than in the rail an old story says its day.
  if (!(seconds >= 0) || (seconds > WEEK && !time.closest(".recent-posts"))) return;
  time.title ||= time.textContent;
  time.textContent = age(seconds);
}

// Told when it comes near: below a long story nobody may ever look at the rail.
const told = new Set();
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      told.add(target);
      tell(target);
    }
  },
  { rootMargin: "100%" },
);

// A rail that a proxy has put in holds one more, for the page of a story that is in it.
function leaveOutOwn() {
  const items = [...document.querySelectorAll(".recent-posts li")];
  const own = items.find((li) => li.querySelector("a").pathname === location.pathname);
  own?.remove();
}

leaveOutOwn();
document.querySelectorAll("time.age").forEach((time) => near.observe(time));
setInterval(() => told.forEach(tell), 60000);
