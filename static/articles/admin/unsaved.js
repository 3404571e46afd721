// Nothing that was written is lost: not by leaving, a crash, a session that ended or a server that
// is away. The form is copied into the browser's storage; what was not saved is offered back.
import { copiesOf, drop, keep, newName } from "articles/copies"
import { isEditable } from "articles/blocks"

const SOON = 800 // ms after the last keystroke
const gettext = window.gettext ?? ((text) => text)
const form = document.querySelector("#article_form")
const place = document.querySelector("#unsaved")
const state = document.querySelector("#unsaved-state")
const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

let dirty = false
let timer = 0
let loggedOut = false

// What the form would send, without what is this page's own and the patterns of new rows.
const fields = () =>
  [...new FormData(form)].filter(
    ([name, value]) =>
      typeof value === "string" && !/^csrfmiddlewaretoken$|^local_copy$|^advised$|__prefix__/.test(name),
  )

function copy() {
  clearTimeout(timer)
  timer = 0
  if (loggedOut) return
  const { user, story } = place.dataset
  const opened = form.elements.opened.value
  const headline = form.elements.headline.value || gettext("A new story")
  const kept = keep(form.elements.local_copy.value, { user, story, opened, headline, fields: fields() })
  state.classList.toggle("warning", !kept)
  state.textContent = kept
    ? gettext("Not saved yet; a copy is kept in this browser.")
    : gettext("Not saved yet. This browser keeps no copy: its storage is full or switched off.")
}

function mark() {
  dirty = true
  clearTimeout(timer)
  timer = setTimeout(copy, SOON)
}

// A form that is larger than the server takes would come back as an empty page.
function tooLarge() {
  const { mostFields, mostBytes } = place.dataset
  const sent = fields()
  const bytes = new Blob(sent.flat()).size
  if (sent.length < Number(mostFields) && bytes < Number(mostBytes)) return false
  const told = gettext("Not sent: the story has more parts than one save can take. Remove some; your text is kept.")
  state.classList.add("warning")
  state.textContent = told
  state.scrollIntoView({ block: "nearest" })
  return true
}

function send(event) {
  if (tooLarge()) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  if (dirty) copy()
  dirty = false
}

function listen() {
  for (const type of ["input", "change", "drop"]) form.addEventListener(type, mark)
  django.jQuery(form).on("select2:select select2:clear", mark)
  document.addEventListener("formset:added", mark)
  document.addEventListener("formset:removed", mark)
  form.addEventListener("submit", send)
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault()
  })
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer) copy()
  })
  // Back from the browser's own page about a server that did not answer.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && copiesOf(place.dataset.user, place.dataset.story).length) mark()
  })
  addEventListener("desk:logout", () => {
    loggedOut = true
    dirty = false
  })
}

// Offering back

// The server makes the form of it, as it does of one with errors: new blocks, places and all.
function restore({ name, fields: kept }) {
  const back = make("form", { method: "post", action: location.pathname, hidden: true })
  const { value } = form.elements.csrfmiddlewaretoken
  for (const [key, text] of [...kept, ["csrfmiddlewaretoken", value], ["local_copy", name], ["_restore", "1"]]) {
    back.append(make("input", { type: "hidden", name: key, value: text }))
  }
  document.body.append(back)
  dirty = false
  back.submit()
}

function offer(copied) {
  const box = make("div", { className: "module meeting unsaved" })
  const at = new Date(copied.at).toLocaleString(document.documentElement.lang || undefined)
  const told = make("p", {})
  told.append(
    make("b", { textContent: gettext("There is text of yours that was not saved:") }),
    ` “${copied.headline}”, ${at}. `,
    copied.opened === form.elements.opened.value
      ? gettext("Nobody has saved since.")
      : gettext("The story was saved since: what you restore will be merged with it when you save."),
  )
  const yes = make("button", { type: "button", className: "button", textContent: gettext("Restore") })
  const no = make("button", { type: "button", className: "button", textContent: gettext("Discard") })
  yes.addEventListener("click", () => restore(copied))
  no.addEventListener("click", () => {
    drop(copied.name)
    box.remove()
    form.elements.headline.focus()
  })
  box.append(told, yes, " ", no)
  place.append(box)
}

function start() {
  const own = form.elements.local_copy
  const cameBack = Boolean(own.value) // with errors, or restored
  own.value ||= newName()
  const shown = JSON.stringify(fields())
  for (const each of copiesOf(place.dataset.user, place.dataset.story)) {
    if (each.name === own.value) continue
    if (JSON.stringify(each.fields) === shown) drop(each.name)
    else offer(each)
  }
  place.setAttribute("role", "status")
  listen()
  if (cameBack) {
    dirty = true
    copy()
  }
}

if (form && place && isEditable()) document.addEventListener("content-editor:ready", start)
