// The form of a story: everything by keyboard, nothing lost by leaving, errors where they are seen.
import { addBefore, isEditable, move } from "articles/blocks"

const gettext = window.gettext ?? ((text) => text)
const form = document.querySelector("#article_form")
const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

// Leaving

function guard() {
  let dirty = Boolean(document.querySelector(".errornote"))
  const mark = () => (dirty = true)
  for (const type of ["input", "change", "drop"]) form.addEventListener(type, mark)
  django.jQuery(form).on("select2:select select2:clear", mark)
  document.addEventListener("content-editor:ready", () => {
    document.addEventListener("formset:added", mark)
    document.addEventListener("formset:removed", mark)
  })
  form.addEventListener("submit", () => (dirty = false))
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault()
  })
}

// Content-editor scrolls to where the page was before the save; what went wrong is elsewhere.
function showTrouble() {
  const trouble = document.querySelector(".errornote")
  if (trouble) setTimeout(() => trouble.scrollIntoView({ block: "start" }), 400)
  const wrong = document.querySelector(".order-machine .inline-related .errorlist")
  const region = wrong?.closest(".inline-related").dataset.region
  if (region) tab(region)?.click()
}

// The parts of a story as tabs

const tabs = () => [...document.querySelectorAll(".tabs.regions > .tab")]
const tab = (region) => tabs().find((each) => each.dataset.region === region)

function count() {
  for (const each of tabs()) {
    const blocks = document.querySelectorAll(
      `.order-machine > .inline-related:not(.empty-form, .for-deletion)[data-region="${each.dataset.region}"]`,
    )
    each.dataset.count = blocks.length || ""
    each.setAttribute("aria-pressed", each.classList.contains("active"))
  }
}

function keyboardTabs() {
  for (const each of tabs()) {
    each.tabIndex = 0
    each.setAttribute("role", "button")
    each.addEventListener("click", count)
  }
  if (!location.hash.includes("region=")) tab("body")?.click()
  count()
}

// Blocks

// The stock "+" and the buttons it opens are for the mouse alone.
function reachable(root = document) {
  for (const target of root.querySelectorAll(".order-machine-insert-target, .plugin-button")) {
    target.tabIndex = 0
    target.setAttribute("role", "button")
    if (!target.title) target.title = gettext("Add a block here")
  }
}

function pressed(event) {
  const target = event.target.closest?.(".order-machine-insert-target, .plugin-button, .regions > .tab")
  if (!target || (event.key !== "Enter" && event.key !== " ")) return
  event.preventDefault()
  target.click()
  if (target.matches(".order-machine-insert-target.selected")) {
    document.querySelector(".plugin-buttons .plugin-button:not(.content-editor-hide)")?.focus()
  }
}

// A headline grows with its words, and is one line all the same.
function oneLine(event) {
  if (event.key === "Enter" && event.target.matches?.("textarea.rows-1")) event.preventDefault()
}

function arrows(block) {
  const title = block.querySelector(":scope > h3")
  if (!title || title.querySelector(".move") || block.classList.contains("empty-form")) return
  const button = (step, label, told) => {
    const made = make("button", { type: "button", className: "move", textContent: label, title: told })
    made.addEventListener("click", (event) => {
      event.stopPropagation()
      if (move(block, step)) made.focus()
    })
    return made
  }
  const up = button(-1, "↑", `${gettext("Up")} (Alt+Shift+↑)`)
  const down = button(1, "↓", `${gettext("Down")} (Alt+Shift+↓)`)
  title.querySelector(".inline_label").after(up, down)
}

function moved(event) {
  if (!event.altKey || !event.shiftKey || !/^Arrow(Up|Down)$/.test(event.key)) return
  const block = document.activeElement?.closest(".order-machine > .inline-related")
  const focused = document.activeElement
  if (!block || !move(block, event.key === "ArrowUp" ? -1 : 1)) return
  event.preventDefault()
  focused.focus()
}

// An empty story begins with a text to write into; left empty it is not saved.
function firstText() {
  const isNew = !document.querySelector("[name=opened]").value
  if (!isNew || document.querySelector(".order-machine > .inline-related:not(.empty-form)")) return
  addBefore("text", null)
  document.querySelector("#id_headline").focus()
}

// Categories, tags, authors: the first is the one that counts

function rowsOf(group) {
  return [...group.querySelectorAll(".side-row:not(.empty-form)")].sort(
    (a, b) => (a.style.order || 0) - (b.style.order || 0),
  )
}

function place(group) {
  rowsOf(group).forEach((row, number) => {
    row.style.order = number + 1
    row.querySelector("[name$=-position]").value = number
  })
}

function sideRows(group) {
  rowsOf(group).forEach((row, number) => (row.style.order = number + 1))
  group.addEventListener("click", (event) => {
    const row = event.target.closest(".first-row")?.closest(".side-row")
    if (!row) return
    row.style.order = 0
    place(group)
    row.dispatchEvent(new Event("change", { bubbles: true }))
  })
  const dress = (row) => {
    const title = row.querySelector(":scope > h3")
    if (!title || title.querySelector(".first-row")) return
    title.prepend(make("button", { type: "button", className: "first-row", textContent: gettext("Put first") }))
  }
  rowsOf(group).forEach(dress)
  group.addEventListener("formset:added", ({ target }) => {
    target.style.order = 1000
    dress(target)
    place(group)
  })
}

// Pictures of a gallery

function addPicture({ target }) {
  const button = target.closest?.("button.add-picture")
  if (!button) return
  const box = button.closest(".pictures")
  const hidden = box.querySelector(".picture.blank[hidden]")
  if (hidden) {
    hidden.hidden = false
    return
  }
  const total = box.querySelector("[name$=-TOTAL_FORMS]")
  const prefix = total.name.replace(/-TOTAL_FORMS$/, "")
  const template = box.querySelector("template").innerHTML
  const html = template.replace(/gallery-(?:\d+|__prefix__)-pictures-__prefix__/g, `${prefix}-${total.value}`)
  total.value = Number(total.value) + 1
  button.insertAdjacentHTML("beforebegin", html)
  django.jQuery(button.previousElementSibling).find(".admin-autocomplete").djangoAdminSelect2()
}

// Blank rows are there for who has no scripts; one will do for the rest.
function fewBlanks(root) {
  for (const box of root.querySelectorAll(".pictures")) {
    const filled = box.querySelector(".picture:not(.blank)")
    const blank = [...box.querySelectorAll(".picture.blank")]
    for (const each of blank.slice(filled ? 0 : 1)) each.hidden = true
    box.querySelector(".add-picture").hidden = false
  }
}

if (form && isEditable()) {
  fewBlanks(document)
  document.addEventListener("click", addPicture)
  document.addEventListener("keydown", pressed)
  document.addEventListener("keydown", moved)
  document.addEventListener("keydown", oneLine)
  for (const group of document.querySelectorAll(".side-rows")) sideRows(group)
  document.addEventListener("content-editor:ready", () => {
    keyboardTabs()
    firstText()
    reachable()
    document.querySelectorAll(".order-machine > .inline-related").forEach(arrows)
    showTrouble()
  })
  guard()
  document.addEventListener("formset:added", ({ target }) => {
    fewBlanks(target)
    setTimeout(() => (reachable(target), arrows(target), count()))
  })
  document.addEventListener("formset:removed", () => setTimeout(count))
  form.addEventListener("change", () => setTimeout(count))
}
