// The blocks of a story's form: everything by keyboard.
import { addBefore, begin, isEditable, move } from "articles/blocks"

const gettext = window.gettext ?? ((text) => text)
const form = document.querySelector("#article_form")
const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

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

// What "+" adds has the cursor; what comes by a split or with the page has it not.
let chosen = false
function choose({ target }) {
  if (!target.closest?.(".plugin-button")) return
  chosen = true
  setTimeout(() => (chosen = false))
}

function added({ target }) {
  if (chosen) setTimeout(begin, 0, target) // Django starts its search box in the same event
  setTimeout(() => (reachable(target), arrows(target), count()))
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

if (form && isEditable()) {
  document.addEventListener("keydown", pressed)
  document.addEventListener("keydown", moved)
  document.addEventListener("keydown", oneLine)
  document.addEventListener("content-editor:ready", () => {
    keyboardTabs()
    firstText()
    reachable()
    document.querySelectorAll(".order-machine > .inline-related").forEach(arrows)
  })
  document.addEventListener("click", choose, true)
  document.addEventListener("formset:added", added)
  document.addEventListener("formset:removed", () => setTimeout(count))
  form.addEventListener("change", () => setTimeout(count))
}
