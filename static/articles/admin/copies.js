// Copies, in this browser, of what was written and is not saved yet. One of a form: its name is in
// the form, and comes back in a cookie once the server has stored what was sent with it.
//
// On every page of the desk: copies that are confirmed go, as do those nobody asked for in a week;
// whoever logs out leaves none behind.

const PREFIX = "unsaved:"
const COOKIE = "desk_saved"
const WEEK = 7 * 24 * 3600 * 1000
const gettext = window.gettext ?? ((text) => text)

// Private windows and strict settings have no storage, and throw when it is only looked at.
function storage() {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

// Every copy that can be read, of all who work at this browser, the newest first.
function all() {
  const found = []
  const place = storage()
  for (let number = 0; number < (place?.length ?? 0); number++) {
    const key = place.key(number)
    if (!key.startsWith(PREFIX)) continue
    try {
      const copy = JSON.parse(place.getItem(key))
      if (Array.isArray(copy?.fields)) found.push({ ...copy, name: key.slice(PREFIX.length) })
    } catch {
      // Not ours, or cut off: it helps nobody.
    }
  }
  return found.sort((a, b) => b.at - a.at)
}

export function newName() {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
}

// Those of one person's one story ("new": of stories that were never saved).
export const copiesOf = (user, story) =>
  all().filter((copy) => copy.user === user && copy.story === story)

// Returns whether it is kept: storage may be full, or there may be none.
export function keep(name, copy) {
  try {
    storage().setItem(PREFIX + name, JSON.stringify({ ...copy, at: Date.now() }))
    return true
  } catch {
    return false
  }
}

export const drop = (name) => storage()?.removeItem(PREFIX + name)

function dropConfirmed() {
  const saved = document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`))
  if (saved) drop(saved[1])
}

function leaveNothing(event) {
  const copies = all()
  const told = gettext("What is not saved yet is kept in this browser, and is gone when you log out:")
  const which = [...new Set(copies.map((copy) => copy.headline))].join("\n")
  if (copies.length && !confirm(`${told}\n\n${which}`)) {
    event.preventDefault()
    return
  }
  for (const { name } of copies) drop(name)
  dispatchEvent(new Event("desk:logout"))
}

dropConfirmed()
for (const copy of all()) if (Date.now() - copy.at > WEEK) drop(copy.name)
document.querySelector("#logout-form")?.addEventListener("submit", leaveNothing)
